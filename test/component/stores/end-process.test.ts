import { expect, test } from 'vitest'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../../src-shared/contract/contract.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { useEndProcess } from '../../../src-renderer/stores/end-process.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

interface Child {
  readonly pid: number
  readonly startToken: string
}

/** Processes 10, 20 and 30, each with a child; what the host is asked about is told when `answer` says so. */
async function openedThree() {
  const host = createFakeHost()
  const children: Record<number, Child[]> = {
    10: [{ pid: 11, startToken: 'k' }],
    20: [{ pid: 21, startToken: 'k' }],
    30: [{ pid: 31, startToken: 'k' }],
  }
  const waiting = new Map<number, () => void>()
  host.answers.previewEndProcess = ({ pid, startToken }) =>
    new Promise((resolve) => {
      const told = { pid, startToken, connections: pid, listeners: [], children: children[pid] ?? [] }
      waiting.set(pid, () => resolve(succeed(told)))
    })
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  const flow = useWithHost(host, useEndProcess)
  await settle()
  const opened = flow.open([10, 20, 30].map((pid, index) => ({ ref: index + 1, pid, startToken: 'x' })))
  const answer = async (...pids: number[]): Promise<void> => {
    for (const pid of pids) {
      await settle()
      const tell = waiting.get(pid)
      if (tell === undefined) throw new Error(`nobody asked about ${pid}`)
      waiting.delete(pid)
      tell()
    }
    await settle()
  }
  const shown = (): unknown[] =>
    flow.targets.map(({ process: { pid }, chosen, preview }) => [pid, chosen ? 'chosen' : 'left', preview?.connections])
  return { host, flow, opened, answer, shown }
}

test('what a person unticks while children are looked for stays so, with its children', async () => {
  const { flow, answer, shown } = await openedThree()
  await answer(10, 20, 30)
  const loading = flow.setWithChildren(true)
  await answer(11)
  flow.choose({ pid: 20, startToken: 'x' }, false)
  flow.choose({ pid: 11, startToken: 'k' }, false)
  await answer(21, 31)
  await loading
  expect(shown()).toEqual([
    [10, 'chosen', 10],
    [11, 'left', 11],
    [20, 'left', 20],
    [21, 'left', 21],
    [30, 'chosen', 30],
    [31, 'chosen', 31],
  ])
})

test('nothing is ended while it is not known what children there are', async () => {
  const { host, flow, answer } = await openedThree()
  await answer(10, 20, 30)
  const loading = flow.setWithChildren(true)
  await settle()
  expect([flow.informed, flow.findingChildren]).toEqual([false, true])
  await flow.confirm({ force: false, confirmProtected: false })
  expect(host.callsOf('endProcess')).toEqual([])
  await answer(11, 21, 31)
  await loading
  expect([flow.informed, flow.findingChildren]).toEqual([true, false])
})

test('children that are asked for early wait until it is known what each process is, and every preview stays with its own', async () => {
  const { flow, opened, answer, shown } = await openedThree()
  const loading = flow.setWithChildren(true)
  await answer(10, 20)
  expect(shown().length).toBe(3)
  await answer(30, 11, 21, 31)
  await Promise.all([opened, loading])
  expect(shown()).toEqual([10, 11, 20, 21, 30, 31].map((pid) => [pid, 'chosen', pid]))
  expect(flow.informed).toBe(true)
})

test('children that are not wanted any more do not come, and the question can be answered at once', async () => {
  const { flow, answer, shown } = await openedThree()
  await answer(10, 20, 30)
  const first = flow.setWithChildren(true)
  await settle()
  await flow.setWithChildren(false)
  expect(flow.informed).toBe(true)
  await answer(11)
  await first
  expect(shown().length).toBe(3)
})

test('a question that is closed while children are looked for does not hold up the next one', async () => {
  const { flow, answer } = await openedThree()
  await answer(10, 20, 30)
  const first = flow.setWithChildren(true)
  await settle()
  flow.close()
  const second = flow.open([{ ref: 4, pid: 40, startToken: 'x' }])
  await answer(40)
  await second
  expect([flow.informed, flow.targets.length]).toEqual([true, 1])
  await answer(11)
  await first
  expect(flow.targets.length).toBe(1)
})

test('a tree ends parents first, with who begins meanwhile, without what was confirmed for others, and without who was unticked', async () => {
  const host = createFakeHost()
  const children: Record<number, Child[]> = {
    10: [
      { pid: 11, startToken: 'k' },
      { pid: 12, startToken: 'k' },
    ],
  }
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    succeed({
      pid,
      startToken,
      connections: 0,
      listeners: [],
      children: children[pid] ?? [],
      ...(pid === 10 && { protection: 'self' as const }),
    })
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  const flow = useWithHost(host, useEndProcess)
  await settle()
  await flow.open([{ ref: 1, pid: 10, startToken: 'x' }])
  await flow.setWithChildren(true)
  flow.choose({ pid: 12, startToken: 'k' }, false)
  children[10] = [...(children[10] ?? []), { pid: 99, startToken: 'late' }]
  await flow.confirm({ force: false, confirmProtected: true })
  expect(host.callsOf('endProcess')).toEqual([
    { targets: [{ pid: 10, startToken: 'x' }], confirmProtected: true },
    { targets: [{ pid: 11, startToken: 'k' }], confirmProtected: true },
    { targets: [{ pid: 99, startToken: 'late' }] },
  ])
  expect([flow.phase, flow.outcomes.map(({ target }) => target), flow.targets.at(-1)?.process.pid]).toEqual([
    'done',
    ['10', '11', '99'],
    99,
  ])
  expect(host.clock.waiting()).toEqual(expect.not.arrayContaining([100]))
})

async function openedWith(count: number) {
  const host = createFakeHost()
  host.answers.previewEndProcess = async ({ pid, startToken }) => succeed({ pid, startToken, connections: 0, listeners: [], children: [] })
  host.answers.endProcess = async ({ targets }) =>
    succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  const flow = useWithHost(host, useEndProcess)
  await settle()
  await flow.open(Array.from({ length: count }, (_, index) => ({ ref: index + 1, pid: index + 1, startToken: 'x' })))
  const batches = (): number[] => (host.callsOf('endProcess') as { targets: unknown[] }[]).map(({ targets }) => targets.length)
  return { host, flow, batches }
}

test('more processes than one call takes are ended in several, and all of them are told', async () => {
  const { flow, batches } = await openedWith(maximumTargets + 2)
  expect(flow.targets.length).toBe(maximumTargets + 2)
  await flow.confirm({ force: false, confirmProtected: false })
  expect(batches()).toEqual([maximumTargets, 2])
  expect([flow.phase, flow.outcomes.length, flow.failure]).toEqual(['done', maximumTargets + 2, undefined])
}, 20_000)

test('closing the question in between stops what was not asked for yet', async () => {
  const { host, flow, batches } = await openedWith(maximumTargets + 2)
  host.answers.endProcess = async () => {
    flow.close()
    return succeed([])
  }
  await flow.confirm({ force: false, confirmProtected: false })
  expect(batches()).toEqual([maximumTargets])
  expect(flow.phase).toBe('closed')
}, 20_000)
