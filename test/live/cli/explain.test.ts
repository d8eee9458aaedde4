/** The real command explains a real connection that it lists. */
import { describe, expect, it } from 'vitest'
import { connect, listen, sockscope } from './command.ts'

describe.runIf(process.platform === 'linux')('explain of a connection of this machine', () => {
  it('takes the id that list tells, and names the programs on both ends', async () => {
    const { server, port, accepted } = await listen()
    const client = await connect(port)
    try {
      const listed = JSON.parse((await sockscope('list', `port:${port}`, 'state:established', '--json')).out) as {
        id: string
        local: { port: number }
      }[]
      const { id } = listed.find((one) => one.local.port !== port) ?? { id: '' }
      const { exit, out } = await sockscope('explain', id, '--json')
      expect(exit).toBe(0)
      const story = JSON.parse(out) as {
        role: unknown
        peer: { owners: { pid: number }[] }
        explanation: { state: string; verdict: string }
      }
      expect(story).toMatchObject({
        role: { side: 'client', from: 'guessed' },
        peer: { owners: [{ pid: process.pid }] },
        explanation: { state: 'ESTABLISHED', verdict: 'normal' },
      })
      const text = await sockscope('explain', id)
      expect(text.out).toContain(`(PID ${process.pid})`)
      expect(text.out.replaceAll(/\s+/gu, ' ')).toContain('The same process holds the other end too')
      client.destroy()
    } finally {
      for (const socket of accepted) socket.destroy()
      server.close()
    }
  })

  it('exits with 4 for a connection that is not there', async () => {
    const { exit, err } = await sockscope('explain', 'cffffffffffffffff')
    expect([exit, err]).toEqual([4, 'There is no connection cffffffffffffffff now.\n'])
  })
})
