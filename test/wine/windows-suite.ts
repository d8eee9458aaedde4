/** What the Windows module has to do, on a real Windows as under Wine. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../src-shared/model/connection.ts'
import type { TableReading } from './agent-modules.ts'
import type { Agent } from './agent-link.ts'
import { asked, createEngineView, type EngineView } from './engine-view.ts'
import type { SystemRow, WindowsMachine, WindowsTraits } from './windows-machine.ts'

interface Opened {
  readonly handle: number
  readonly port: number
}

interface Self {
  readonly pid: number
  readonly executable: string
  readonly startedAtMs: number
}

interface Listed {
  readonly pid: number
  readonly parentPid: number
  readonly name?: string
  readonly startedAt?: number
}

const manyConnections = 1000
const timedRefreshes = 7
/** Windows rounds nothing, but Node computes its own start from two clocks. */
const startToleranceMs = 3000
const patience = { timeout: 10_000, interval: 100 }
const tinyBuffer = 8

export function describeWindowsModule(
  machine: () => WindowsMachine | undefined,
  { closes, netstatWorks, systemTool }: WindowsTraits,
): void {
  let view: EngineView | undefined
  const machineNow = (): WindowsMachine => machine() as WindowsMachine
  const agent = (): Agent => machineNow().agent
  const refresh = () => (view ??= createEngineView(agent().api)).refresh()
  const concerned = async (): Promise<Connection[]> =>
    (await refresh()).connections.filter((connection) => machineNow().concerns(connection))
  const find = async (wanted: (connection: Connection) => boolean): Promise<Connection> => {
    await expect.poll(async () => (await concerned()).some(wanted), patience).toBe(true)
    return (await concerned()).find(wanted) as Connection
  }
  const startChild = async (): Promise<Agent> => {
    await agent().command('startChild')
    return machineNow().nextAgent()
  }
  // Without a machine the tests were skipped.
  afterEach(() => machine()?.agent.command('closeAll'))

  it(`shows every socket that ${systemTool} shows, and no other, with the right owner`, async () => {
    await openOneOfEach(agent())
    await expect
      .poll(async () => (await concerned()).map(textOfConnection).toSorted(), patience)
      .toEqual((await machineNow().systemRows()).rows.map(textOfSystemRow).toSorted())
    const self = await agent().command<Self>('describeSelf')
    for (const { owners, visibility } of await concerned()) {
      expect({ owners: owners.map(({ pid, name }) => ({ pid, name })), visibility }).toEqual({
        owners: [{ pid: self.pid, name: 'node.exe' }],
        visibility: 'full',
      })
      expect(owners[0]?.executable?.toLowerCase()).toBe(self.executable.toLowerCase())
      expect(Math.abs(Date.parse(owners[0]?.startedAt ?? '') - self.startedAtMs)).toBeLessThan(startToleranceMs)
    }
  })

  it('reads all eight tables, whatever room it offers first', async () => {
    await openOneOfEach(agent())
    const roomy = await agent().command<TableReading[]>('readTables', { firstBytes: 1 << 20 })
    const tiny = await agent().command<TableReading[]>('readTables', { firstBytes: tinyBuffer })
    expect(roomy.map(({ error, malformed, calls }) => ({ error, malformed, calls }))).toEqual(
      Array.from({ length: 8 }, () => ({ error: undefined, malformed: 0, calls: 1 })),
    )
    const own = (rows: readonly string[]): string[] => rows.filter((row) => row.endsWith(` ${agent().pid}`)).toSorted()
    for (const [index, { kind, withModules, rows }] of roomy.entries()) {
      expect({ kind, empty: own(rows).length === 0 }).toEqual({ kind, empty: false })
      expect(tiny[index]).toMatchObject({ kind, withModules, calls: 2, malformed: 0 })
      expect(own(tiny[index]?.rows ?? [])).toEqual(own(rows))
      // The plain table of the same kind tells the same.
      expect(own(roomy[index - (index % 2)]?.rows ?? [])).toEqual(own(rows))
    }
  })

  it('tells a half-closed connection from an open one', async () => {
    const { port } = await agent().command<Opened>('listen', { host: '127.0.0.1', halfOpen: true })
    const client = await agent().command<Opened>('connect', { host: '127.0.0.1', port })
    await find(({ local, remote, state }) => local.port === port && remote?.port === client.port && state === 'ESTABLISHED')
    await agent().command('halfClose', { handle: client.handle })
    await find(({ local, remote, state }) => local.port === port && remote?.port === client.port && state === 'CLOSE_WAIT')
    await find(({ local, state }) => local.port === client.port && state === 'FIN_WAIT_2')
  })

  it('lists processes with name, parent and start', async () => {
    const child = await startChild()
    try {
      const processes = await agent().command<Listed[]>('listProcesses')
      const self = await agent().command<Self>('describeSelf')
      const listed = processes.find(({ pid }) => pid === child.pid)
      expect(listed).toMatchObject({ name: 'node.exe', parentPid: self.pid })
      const { startedAtMs } = await child.command<Self>('describeSelf')
      expect(Math.abs((listed?.startedAt ?? 0) - startedAtMs)).toBeLessThan(startToleranceMs)
      expect(processes.length).toBeGreaterThan(3)
      expect(new Set(processes.map(({ pid }) => pid)).size).toBe(processes.length)
    } finally {
      await child.command('leave').catch(() => {})
    }
  })

  it('ends the process that was meant, and no other', async () => {
    const child = await startChild()
    const { port } = await child.command<Opened>('listen', { host: '127.0.0.1' })
    const listener = await find(({ local, state }) => local.port === port && state === 'LISTEN')
    expect(listener.owners).toMatchObject([{ pid: child.pid, name: 'node.exe' }])
    const startToken = view?.startTokenOf(child.pid) ?? ''
    const target = String(child.pid)
    const end = (token: string, confirmProtected = true) =>
      asked(agent().api, 'endProcess', { targets: [{ pid: child.pid, startToken: token }], confirmProtected })

    const anotherStart = String(BigInt(startToken) - 10_000_000n)
    expect(await end(anotherStart)).toMatchObject([{ target, status: 'replaced' }])
    // What the engine's own process started counts as Sockscope itself.
    expect(await end(startToken, false)).toMatchObject([{ target, status: 'protected' }])
    expect(await child.command<Self>('describeSelf')).toMatchObject({ pid: child.pid })
    expect(await end(startToken)).toMatchObject([{ target, status: 'done' }])
    await child.gone
    expect(await end(startToken)).toMatchObject([{ target, status: 'gone' }])
    await expect.poll(async () => (await concerned()).some(({ local }) => local.port === port), patience).toBe(false)
  })

  it('closes a connection, and says so only when it is closed', async () => {
    const { port } = await agent().command<Opened>('listen', { host: '127.0.0.1', halfOpen: true })
    const client = await agent().command<Opened>('connect', { host: '127.0.0.1', port })
    const row = await find(({ local, remote }) => local.port === port && remote?.port === client.port)
    const [outcome] = await asked(agent().api, 'closeConnections', { ids: [row.id] })
    expect(outcome).toMatchObject({ target: row.id, status: closes ? 'done' : 'still-there' })
    const ended = (): Promise<string | null> => agent().command('howEnded', { handle: client.handle })
    await expect.poll(ended, patience).toBe(closes ? 'ECONNRESET' : null)
  })

  it('says which function is missing, and what it does without', async () => {
    expect(await agent().command('missingLibraryAnswers')).toBe(127)
    const child = await startChild()
    try {
      await child.command('loseExport', { name: 'GetExtendedTcpTable' })
      expect(await child.command('openSource')).toContain('ERROR_PROC_NOT_FOUND')
      const childView = createEngineView(child.api)
      const { status, connections } = await childView.refresh()
      const report = await asked(child.api, 'getDoctorReport', undefined)
      for (const { problems, source } of [status, report]) {
        expect(problems).toContainEqual({
          code: 'source-fallback',
          severity: 'warning',
          parameters: { source: 'iphlpapi', reason: expect.stringContaining('ERROR_PROC_NOT_FOUND') },
        })
        expect(source).toBe(netstatWorks ? 'netstat' : undefined)
      }
      const codes = new Set(status.problems.map(({ code }) => code))
      expect({ failed: codes.has('source-failed'), seesItself: connections.some(isOf(child.pid)) }).toEqual({
        failed: !netstatWorks,
        seesItself: netstatWorks,
      })
    } finally {
      await child.command('leave').catch(() => {})
    }
  })

  describe('with a thousand connections', () => {
    it(`refreshes 2,000 rows about as fast as ${systemTool}, completely and with the right owners`, { timeout: 90_000 }, async () => {
      const { port } = await agent().command<{ readonly port: number }>('connectMany', { count: manyConnections })
      const ofThese = ({ local, remote, state }: Connection): boolean =>
        state === 'ESTABLISHED' && (local.port === port || remote?.port === port)
      const rows = (await concerned()).filter(ofThese)
      expect(rows.length).toBe(2 * manyConnections)
      expect(rows.every(({ owners }) => owners.length === 1 && owners[0]?.pid === agent().pid)).toBe(true)
      const system = await machineNow().systemRows()
      expect(rows.map(textOfConnection).toSorted()).toEqual(
        system.rows
          .filter(({ state, local, remote = '' }) => state === 'ESTABLISHED' && [local, remote].some((one) => one.endsWith(`:${port}`)))
          .map(textOfSystemRow)
          .toSorted(),
      )
      const tookMs = (await agent().command<number[]>('timeRefreshes', { times: timedRefreshes })).toSorted((a, b) => a - b)
      const median = tookMs[Math.floor(tookMs.length / 2)] ?? 0
      console.log(
        `2,000 rows: a refresh of the Windows module ${median.toFixed(1)} ms (best ${tookMs[0]?.toFixed(1)}), ${systemTool} ${system.tookMs.toFixed(1)} ms`,
      )
      expect(median).toBeLessThan(2000)
    })
  })
}

async function openOneOfEach(agent: Agent): Promise<void> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) {
    const { port } = await agent.command<Opened>('listen', { host })
    if (host !== '0.0.0.0') await agent.command('connect', { host: host === '::' ? '127.0.0.1' : host, port })
    await agent.command('udp', { host })
  }
  await agent.command('listen', { host: '::', ipv6Only: true })
}

const isOf =
  (pid: number) =>
  ({ owners }: Connection): boolean =>
    owners.some((owner) => owner.pid === pid)

function textOfConnection({ protocol, state, local, remote, owners }: Connection): string {
  const peer = remote === undefined ? '-' : `${remote.address}:${remote.port}`
  return `${protocol} ${state ?? '-'} ${local.address}:${local.port} ${peer}${owners.length === 1 ? '' : ` ${owners.length} owners`}`
}

function textOfSystemRow({ protocol, state, local, remote }: SystemRow): string {
  return `${protocol} ${state ?? '-'} ${local} ${remote ?? '-'}`
}
