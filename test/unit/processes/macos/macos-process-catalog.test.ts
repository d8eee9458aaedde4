import { beforeEach, expect, it } from 'vitest'
import { MacProcessCatalog } from '../../../../src-main/processes/macos/macos-process-catalog.ts'
import type { IdentifiedProcess, ProcessReader } from '../../../../src-main/processes/macos/process-reader.ts'

/** A reader over a list that the test changes; `found` counts how often single processes were asked for. */
class FakeReader implements ProcessReader {
  readonly id: string
  readonly letter: string
  processes: readonly IdentifiedProcess[] = []
  failing: string | undefined
  found: number[] = []

  constructor(id: string, letter: string) {
    this.id = id
    this.letter = letter
  }

  all(): ReturnType<ProcessReader['all']> {
    if (this.failing !== undefined) return { ok: false, reason: this.failing }
    return { ok: true, processes: this.processes.map(({ startToken: _token, executable: _path, ...seen }) => seen) }
  }

  find(pid: number): ReturnType<ProcessReader['find']> {
    this.found.push(pid)
    if (this.failing !== undefined) return { status: 'unreadable', reason: this.failing }
    const process = this.processes.find((one) => one.pid === pid)
    return process === undefined ? { status: 'gone' } : { status: 'there', process }
  }

  made(startToken: string): boolean {
    return startToken.startsWith(this.letter)
  }
}

const node: IdentifiedProcess = {
  pid: 300,
  parentPid: 1,
  uid: 501,
  name: 'node',
  executable: '/usr/local/bin/node',
  startedAtUnixMs: 1000,
  startKey: '1.0',
  startToken: 'u7',
}
const pids = new Set([300])
let kernel: FakeReader
let ps: FakeReader
let catalog: MacProcessCatalog

beforeEach(() => {
  kernel = new FakeReader('sysctl', 'u')
  ps = new FakeReader('ps', 'p')
  kernel.processes = [node, { ...node, pid: 301, parentPid: 300, name: 'child' }]
  ps.processes = [{ ...node, startToken: 'p1', startKey: '1' }]
  catalog = new MacProcessCatalog({ readers: [kernel, ps], userName: (uid) => (uid === 501 ? 'ana' : undefined) })
})

it('looks at each wanted process once, and again when it became another one or another program', () => {
  catalog.refresh(pids)
  catalog.refresh(pids)
  expect([kernel.found, catalog.problems]).toEqual([[300], []])
  expect(catalog.factsOf(300)).toEqual({
    pid: 300,
    startToken: 'u7',
    name: 'node',
    executable: '/usr/local/bin/node',
    user: 'ana',
    startedAt: 1000,
  })
  kernel.processes = [{ ...node, name: 'other', executable: '/bin/other' }]
  catalog.refresh(pids)
  expect(catalog.factsOf(300)).toMatchObject({ startToken: 'u7', name: 'other', executable: '/bin/other' })
  kernel.processes = [{ ...node, uid: 0, startKey: '2.0', startToken: 'u8' }]
  catalog.refresh(pids)
  expect([kernel.found.length, catalog.factsOf(300)]).toMatchObject([3, { startToken: 'u8', user: '0' }])
})

it('forgets who has ended', () => {
  catalog.refresh(pids)
  kernel.processes = []
  catalog.refresh(pids)
  expect(catalog.factsOf(300)).toBeUndefined()
})

it('asks the next reader when the first fails, and says so until it works again', () => {
  kernel.failing = 'EPERM'
  catalog.refresh(pids)
  expect(catalog.factsOf(300)?.startToken).toBe('p1')
  expect(catalog.problems).toEqual([{ code: 'process-facts-fallback', severity: 'warning', parameters: { source: 'ps', reason: 'EPERM' } }])
  kernel.failing = undefined
  catalog.refresh(pids)
  expect([catalog.problems, catalog.factsOf(300)?.startToken]).toEqual([[], 'u7'])
})

it('keeps what it knows when nobody answers, and says why', () => {
  catalog.refresh(pids)
  kernel.failing = 'EPERM'
  ps.failing = 'ENOENT'
  catalog.refresh(pids)
  expect([catalog.factsOf(300)?.name, catalog.problems[0]?.parameters]).toEqual(['node', { reason: 'EPERM; ENOENT' }])
  expect(catalog.probe()).toEqual(catalog.problems)
})

it('compares an identity only by the reader that made it', () => {
  expect(catalog.findAgain({ pid: 300, startToken: 'p1' })).toMatchObject({ process: { startToken: 'p1' } })
  kernel.failing = 'EPERM'
  expect(catalog.findAgain({ pid: 300, startToken: 'u7' })).toEqual({ status: 'unreadable', reason: 'EPERM' })
  expect(catalog.find(300)).toMatchObject({ process: { startToken: 'p1' } })
})

it('knows the children of a process', () => {
  expect(catalog.childrenOf(300)).toEqual([{ pid: 301, startToken: 'u7', name: 'child' }])
})

it('gives no start of a child whose number another process took after the list was made', () => {
  const list = kernel.all.bind(kernel)
  kernel.all = () => {
    const answer = list()
    kernel.processes = [node, { ...node, pid: 301, parentPid: 1, startKey: '9.0', startToken: 'u9' }]
    return answer
  }
  expect(catalog.childrenOf(300)).toEqual([{ pid: 301, name: 'child' }])
})
