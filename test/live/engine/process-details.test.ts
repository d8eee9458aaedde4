/** Real processes with parents, children and a secret on the command line, asked about through the contract. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import { identifyProcess } from '../../../src-main/api/identify-process.ts'
import { endChildren, startProgram, startShell, type Child } from './child-processes.ts'
import { asked, isLinux, startEngine, type EngineUnderTest } from './engine-under-test.ts'

const identityOf = (pid: number): { pid: number; startToken: string } => {
  const identity = identifyProcess(process.platform, pid)
  if (identity === undefined) throw new Error(`no process ${pid}`)
  return identity
}

describe.runIf(isLinux)('what is told of a real process', () => {
  let engine: EngineUnderTest
  let folder: string
  const details = (pid: number, commandLine?: boolean): Promise<ProcessDetails> =>
    asked(engine.api, 'getProcess', { ...identityOf(pid), ...(commandLine === undefined ? {} : { commandLine }) })

  beforeAll(() => {
    engine = startEngine()
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'sockscope-process-')))
  })
  afterEach(endChildren)
  afterAll(() => {
    engine.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A shell in a folder of its own that starts two sleepers and tells their pids. */
  async function startTree(): Promise<{ shell: Child; sleepers: readonly number[] }> {
    const shell = startShell('cd "$1"; sleep 300 & a=$!; sleep 301 & b=$!; echo "[$a,$b]"; wait', [folder, '--password=hunter2'])
    const sleepers = await shell.next<number[]>()
    return { shell, sleepers }
  }
  async function endTree({ shell, sleepers }: Awaited<ReturnType<typeof startTree>>): Promise<void> {
    for (const pid of sleepers) process.kill(pid, 'SIGKILL')
    await shell.kill('SIGKILL')
  }

  it('names folder, threads, memory, descriptors, parents up to the first process, and children', async () => {
    const tree = await startTree()
    const { shell, sleepers } = tree
    const told = await details(shell.pid)
    expect(told).toMatchObject({ pid: shell.pid, workingDirectory: folder, threads: 1, childCount: 2, otherNamespaces: [] })
    expect(new Set(told.children.map(({ pid }) => pid))).toEqual(new Set(sleepers))
    expect(told.children.map((child) => child.startToken)).toEqual(told.children.map(({ pid }) => identityOf(pid).startToken))
    expect(told.parents[0]).toMatchObject(identityOf(process.pid))
    expect(told.parents.at(-1)?.pid).toBe(1)
    expect([told.memoryBytes, told.descriptors?.used].every((figure) => (figure ?? 0) > 0)).toBe(true)
    expect(['running', 'sleeping', 'waiting']).toContain(told.state)
    expect(told.untold).toEqual({})

    const sleeper = await details(sleepers[0] ?? 0)
    expect(sleeper).toMatchObject({ name: 'sleep', childCount: 0 })
    expect(sleeper.parents.slice(0, 2).map(({ pid }) => pid)).toEqual([shell.pid, process.pid])
    await endTree(tree)
  })

  it('reads the command line only when asked, secrets and all', async () => {
    const tree = await startTree()
    expect(JSON.stringify(await details(tree.shell.pid))).not.toContain('hunter2')
    const { commandLine } = await details(tree.shell.pid, true)
    expect(commandLine?.arguments.slice(-2)).toEqual([folder, '--password=hunter2'])
    await endTree(tree)
  })

  it('refuses a start token that is not the process own, and a process that ended', async () => {
    const child = startProgram('setInterval(() => {}, 1000); console.log(1)')
    await child.next()
    const identity = identityOf(child.pid)
    const other = await engine.api.call('getProcess', {
      ...identity,
      startToken: String(Number(identity.startToken) + 1),
      commandLine: true,
    })
    expect(other).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect((await engine.api.call('getProcess', identity)).ok).toBe(true)
    await child.kill('SIGKILL')
    expect(await engine.api.call('getProcess', identity)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  it('tells threads of a program with several, and its share of a processor once it was asked twice', async () => {
    const child = startProgram('console.log(1); const end = Date.now() + 20_000; while (Date.now() < end);')
    await child.next()
    const first = await details(child.pid)
    expect(first.threads).toBeGreaterThan(1)
    let share: number | undefined
    for (let attempt = 0; attempt < 20 && share === undefined; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      share = (await details(child.pid)).processorShare
    }
    expect(share).toBeGreaterThan(0)
  })
})
