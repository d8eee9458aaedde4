/** The `sockscope` command, run by a Windows Node. */
import { expect, it } from 'vitest'
import type { Connection } from '../../src-shared/model/connection.ts'
import type { DoctorReport } from '../../src-shared/contract/status.ts'
import type { Agent } from './agent-link.ts'
import type { WindowsMachine } from './windows-machine.ts'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export function describeCommand(machine: () => WindowsMachine | undefined): void {
  const agent = (): Agent => (machine() as WindowsMachine).agent
  const sockscope = (...args: readonly string[]): Promise<Ran> => agent().command('sockscope', { args })
  const startListener = async (): Promise<{ readonly child: Agent; readonly port: number }> => {
    await agent().command('startChild')
    const child = await (machine() as WindowsMachine).nextAgent()
    return { child, port: (await child.command<{ port: number }>('listen', { host: '127.0.0.1' })).port }
  }

  it('lists who listens on a port, as JSON', async () => {
    const { child, port } = await startListener()
    const { code, out, err } = await sockscope('list', `:${port}`, '--json')
    await child.command('leave').catch(() => {})
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out) as Connection[]).toMatchObject([
      { protocol: 'tcp', state: 'LISTEN', local: { address: '127.0.0.1', port }, owners: [{ pid: child.pid, name: 'node.exe' }] },
    ])
  })

  it('ends what listens on a port', async () => {
    const { child, port } = await startListener()
    const { code, err } = await sockscope('kill', '--port', String(port), '--yes', '--lang', 'en')
    expect({ code, freed: err.includes(`Port ${port} is free.`) }).toEqual({ code: 0, freed: true })
    await child.gone
    expect(await sockscope('list', `:${port}`, '--json')).toMatchObject({ out: '[]\n' })
  })

  it('tells which source it reads', async () => {
    const { out } = await sockscope('doctor', '--json')
    expect(JSON.parse(out) as DoctorReport).toMatchObject({ platform: 'win32', source: 'iphlpapi', problems: [] })
  })
}
