import { expect, test } from 'vitest'
import { maximumTree, type ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../../src-shared/contract/contract.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
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
  await answer(10, 11)
  flow.choose({ pid: 20, startToken: 'x' }, false)
  flow.choose({ pid: 11, startToken: 'k' }, false)
  await answer(20, 21, 30, 31)
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
  await answer(10, 11, 20, 21, 30, 31)
  await loading
  expect([flow.informed, flow.findingChildren]).toEqual([true, false])
})

test('children that are asked for early wait until it is known what each process is, and every preview stays with its own', async () => {
  const { flow, opened, answer, shown } = await openedThree()
  const loading = flow.setWithChildren(true)
  await answer(10, 20)
  expect(shown().length).toBe(3)
  await answer(30, 10, 11, 20, 21, 30, 31)
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
  await answer(10)
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
  await answer(10)
  await first
  expect(flow.targets.length).toBe(1)
})

const child = (pid: number, startToken = 'k'): Child => ({ pid, startToken })

/** Process 10, asked about, on a machine whose processes have these children. `onEnd` runs while the host ends some. */
async function openedTree(children: Record<number, Child[]>, onEnd: (pids: readonly number[]) => void = () => {}) {
  const host = createFakeHost()
  const failing = new Set<number>()
  host.answers.previewEndProcess = async ({ pid, startToken }) =>
    failing.has(pid)
      ? fail('timeout', 'too slow')
      : succeed({
          pid,
          startToken,
          connections: 0,
          listeners: [],
          children: (children[pid] ?? []).slice(0, maximumTree),
          ...(pid === 10 && { protection: 'self' as const }),
        })
  host.answers.endProcess = async ({ targets }) => {
    onEnd(targets.map(({ pid }) => pid))
    return succeed(targets.map(({ pid }): ActionOutcome => ({ target: String(pid), status: 'done', means: 'TERM' })))
  }
  const flow = useWithHost(host, useEndProcess)
  await settle()
  await flow.open([{ ref: 1, pid: 10, startToken: 'x' }])
  const ended = (): number[][] =>
    (host.callsOf('endProcess') as { targets: { pid: number }[] }[]).map(({ targets }) => targets.map(({ pid }) => pid))
  const listed = (): number[] => flow.targets.map(({ process: { pid } }) => pid)
  return { host, flow, failing, ended, listed, confirm: () => flow.confirm({ force: false, confirmProtected: true }) }
}

test('a tree ends parents first, with who begins meanwhile, without what was confirmed for others, and without who was unticked', async () => {
  const children: Record<number, Child[]> = { 10: [child(11), child(12)] }
  const { host, flow, confirm, listed } = await openedTree(children, ([pid]) => {
    if (pid === 10) children[10]?.push(child(99, 'late'))
  })
  await flow.setWithChildren(true)
  flow.choose({ pid: 12, startToken: 'k' }, false)
  await confirm()
  expect(host.callsOf('endProcess')).toEqual([
    { targets: [{ pid: 10, startToken: 'x' }], confirmProtected: true },
    { targets: [{ pid: 11, startToken: 'k' }], confirmProtected: true },
    { targets: [{ pid: 99, startToken: 'late' }] },
  ])
  expect([flow.phase, flow.outcomes.map(({ target }) => target), listed().at(-1)]).toEqual(['done', ['10', '11', '99'], 99])
  expect(host.clock.waiting()).toEqual(expect.not.arrayContaining([100]))
})

test('a tree that is too large ends neither whom it does not list nor anybody else, until its children are left out', async () => {
  const many = Array.from({ length: maximumTree + 300 }, (_, index) => child(1000 + index))
  const { flow, confirm, ended } = await openedTree({ 10: [child(11)], 11: many })
  await flow.setWithChildren(true)
  expect([flow.treeCut, flow.answerable, flow.targets.length]).toEqual([true, false, maximumTree])
  await confirm()
  expect(ended()).toEqual([])
  await flow.setWithChildren(false)
  await confirm()
  expect(ended()).toEqual([[10]])
}, 30_000)

test('a tree with a child that could not be listed is not ended, until it can be', async () => {
  const { flow, failing, confirm, ended, listed } = await openedTree({ 10: [child(11), child(12)] })
  failing.add(12)
  await flow.setWithChildren(true)
  expect([flow.treeFailure?.code, flow.answerable, listed()]).toEqual(['timeout', false, [10, 11]])
  await confirm()
  expect(ended()).toEqual([])
  failing.clear()
  await flow.setWithChildren(false)
  await flow.setWithChildren(true)
  await confirm()
  expect(ended()).toEqual([[10], [11, 12]])
})

test('nothing is ended when a child that was listed cannot be looked at once more', async () => {
  const { flow, failing, confirm, ended } = await openedTree({ 10: [child(11)] })
  await flow.setWithChildren(true)
  failing.add(10)
  await confirm()
  expect([ended(), flow.phase, flow.treeFailure?.code]).toEqual([[], 'asking', 'timeout'])
})

test('a child that began after the dialog opened is listed when children are asked for', async () => {
  const children: Record<number, Child[]> = { 10: [child(11)] }
  const { flow, listed } = await openedTree(children)
  children[10]?.push(child(12))
  await flow.setWithChildren(true)
  expect(listed()).toEqual([10, 11, 12])
})

test('children that began after they were listed are listed too and asked about, before anything is done', async () => {
  const children: Record<number, Child[]> = { 10: [child(11), child(12)] }
  const { flow, confirm, ended, listed } = await openedTree(children)
  await flow.setWithChildren(true)
  flow.choose({ pid: 12, startToken: 'k' }, false)
  children[11] = [child(13)]
  await confirm()
  expect([ended(), flow.phase, flow.listedAnew, listed()]).toEqual([[], 'asking', true, [10, 11, 13, 12]])
  flow.choose({ pid: 13, startToken: 'k' }, false)
  await confirm()
  expect([ended(), flow.phase]).toEqual([[[10], [11]], 'done'])
})

test('children of what was unticked are no new question', async () => {
  const children: Record<number, Child[]> = { 10: [child(11), child(12)] }
  const { flow, confirm, ended } = await openedTree(children)
  await flow.setWithChildren(true)
  flow.choose({ pid: 12, startToken: 'k' }, false)
  children[12] = [child(13)]
  await confirm()
  expect(ended()).toEqual([[10], [11]])
})

test('where children come and go all the time it is asked once more, and again only after a while', async () => {
  const children: Record<number, Child[]> = { 10: [child(11)] }
  const { host, flow, confirm, ended } = await openedTree(children)
  await flow.setWithChildren(true)
  children[10] = [child(12)]
  await confirm()
  host.clock.advance(60_000)
  children[10] = [child(13)]
  await confirm()
  expect([ended(), flow.phase]).toEqual([[], 'asking'])
  host.clock.advance(1000)
  children[10] = [child(14)]
  await confirm()
  expect([ended(), flow.phase]).toEqual([[[10], [13], [14]], 'done'])
})

test('what happened is told level by level; stopping keeps it and leaves the rest alone', async () => {
  const { flow, confirm, ended } = await openedTree({ 10: [child(11)], 11: [child(12)] }, ([pid]) => {
    if (pid !== 11) return
    told.push([flow.phase, ...flow.outcomes.map(({ target }) => target)])
    flow.stop()
  })
  const told: string[][] = []
  await flow.setWithChildren(true)
  await confirm()
  expect(told).toEqual([['working', '10']])
  expect([ended(), flow.phase, flow.stopped]).toEqual([[[10], [11]], 'done', true])
  expect(flow.outcomes.map(({ target }) => target)).toEqual(['10', '11'])
})

test('while it ends processes it takes no choices that would do nothing', async () => {
  const { flow, confirm } = await openedTree({ 10: [child(11)] }, () => {
    flow.choose({ pid: 11, startToken: 'k' }, false)
    void flow.setWithChildren(false)
  })
  await flow.setWithChildren(true)
  await confirm()
  expect([flow.withChildren, flow.chosen.length, flow.outcomes.length]).toEqual([true, 2, 2])
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
