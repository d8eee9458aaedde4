/** The gauges of the real command beside sockets that this process opens, and beside what /proc says of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GaugesReport } from '../../../src-shared/contract/gauges.ts'
import { connect, listen, sockscope } from './command.ts'

const calls = 60

async function gauges(): Promise<GaugesReport> {
  const { exit, out } = await sockscope('gauges', '--json')
  expect(exit).toBe(0)
  return JSON.parse(out) as GaugesReport
}

describe.runIf(process.platform === 'linux')('gauges on this machine', () => {
  it('count the ports of calls to one listener, the descriptors of this process and the listener’s queue', async () => {
    const { server, port } = await listen()
    const clients = await Promise.all(Array.from({ length: calls }, () => connect(port)))
    const told = await gauges()
    const descriptors = readdirSync('/proc/self/fd').length
    const [from = 0, to = 0] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s/u).map(Number)
    expect(told.portRange).toEqual([from, to])
    expect(told.ports.find(({ remote }) => remote.port === port)).toMatchObject({
      localAddress: '127.0.0.1',
      remote: { address: '127.0.0.1', port },
      used: calls,
      byState: { ESTABLISHED: calls },
      process: { pid: process.pid },
    })
    const own = told.descriptors.find(({ pid }) => pid === process.pid)
    expect(own?.sockets).toBeGreaterThanOrEqual(2 * calls + 1)
    expect(Math.abs((own?.used ?? 0) - descriptors)).toBeLessThan(20) // the test runner opens and closes files meanwhile
    expect(told.acceptQueues.find(({ local }) => local.port === port)).toMatchObject({ waiting: 0, process: { pid: process.pid } })
    expect(told).toMatchObject({ orphans: { used: expect.any(Number) as number }, tcpMemory: { used: expect.any(Number) as number } })
    for (const client of clients) client.destroy()
    server.close()
  })

  it('are drawn for people', async () => {
    const { exit, out } = await sockscope('gauges', '--lang', 'en')
    expect(exit).toBe(0)
    expect(out).toMatch(/^The whole machine\n.*\n.*TIME_WAIT$/mu)
  })
})
