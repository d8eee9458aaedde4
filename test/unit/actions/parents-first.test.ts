import { expect, it } from 'vitest'
import { parentsFirst, type EndingBatch, type LateChild } from '../../../src-shared/actions/parents-first.ts'
import type { Api } from '../../../src-shared/contract/api.ts'
import { fail, succeed } from '../../../src-shared/contract/result.ts'

const identity = (pid: number) => ({ pid, startToken: `t${pid}` })

type Children = Record<number, readonly number[]>

/** A machine whose processes have children; `end` takes one away. Time goes on by `tick`. */
function machine(children: Children) {
  const family = new Map(Object.entries(children).map(([pid, list]) => [Number(pid), list]))
  const waiting = new Map<() => void, number>()
  const time = { nowMs: 0, lookTakesMs: 0 }
  const api = {
    call: async (_name: string, { pid }: { pid: number }) => {
      time.nowMs += time.lookTakesMs
      const list = family.get(pid)
      if (list === undefined) return fail('not-found', 'gone')
      return succeed({ ...identity(pid), connections: 0, listeners: [], children: list.map(identity) })
    },
    on: () => () => {},
  } as unknown as Api
  const startTimer = (delayMs: number, run: () => void) => {
    waiting.set(run, delayMs)
    return () => void waiting.delete(run)
  }
  const tick = async (): Promise<void> => {
    for (const run of waiting.keys()) {
      waiting.delete(run)
      run()
    }
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  const found: LateChild[] = []
  return { api, family, startTimer, tick, found, time, now: () => time.nowMs, timers: () => [...waiting.values()] }
}
type Machine = ReturnType<typeof machine>

async function endAll(
  { api, family, startTimer, now, found }: Machine,
  members: readonly (readonly [pid: number, depth: number])[],
  end: (batch: EndingBatch) => Promise<void> | void = () => {},
  { spared = [], stubborn = [], told = {} }: Partial<Record<'spared' | 'stubborn', readonly number[]>> & { told?: Children } = {},
): Promise<{ order: number[][]; growing: boolean }> {
  const order: number[][] = []
  let growing = false
  const batches = parentsFirst({
    api,
    members: members.map(([pid, depth]) => ({ ...identity(pid), depth, children: (told[pid] ?? []).map(identity) })),
    spared: spared.map(identity),
    startTimer,
    now,
    onFound: (child) => found.push(child),
    onGrowing: () => (growing = true),
  })
  for await (const batch of batches) {
    order.push(batch.targets.map(({ pid }) => pid))
    await end(batch)
    for (const { pid } of batch.targets) if (!stubborn.includes(pid)) family.delete(pid)
  }
  return { order, growing }
}

it('ends parents before their children, each level at once', async () => {
  const lab = machine({ 1: [2, 3], 2: [4], 3: [], 4: [] })
  const { order } = await endAll(lab, [
    [1, 0],
    [2, 1],
    [4, 2],
    [3, 1],
  ])
  expect([order, lab.found, lab.timers()]).toEqual([[[1], [2, 3], [4]], [], []])
})

it('takes who began since the question, and its children, after those that were asked about', async () => {
  const lab = machine({ 1: [2, 9], 2: [], 9: [10], 10: [] })
  const { order } = await endAll(lab, [
    [1, 0],
    [2, 1],
  ])
  expect(order).toEqual([[1], [2], [9], [10]])
  expect(lab.found).toEqual([identity(9), identity(10)])
})

it('keeps listing children while their parent is being ended', async () => {
  const lab = machine({ 1: [2], 2: [], 3: [] })
  const { order } = await endAll(
    lab,
    [
      [1, 0],
      [2, 1],
    ],
    async ({ targets }) => {
      if (targets[0]?.pid !== 1) return
      lab.family.set(1, [2, 3]) // it starts one more before it goes
      await lab.tick()
      lab.family.delete(1)
    },
  )
  expect(order).toEqual([[1], [2], [3]])
})

it('looks once more at who did not go', async () => {
  const lab = machine({ 1: [], 3: [] })
  const begin: Parameters<typeof endAll>[2] = ({ targets }) => {
    if (targets[0]?.pid === 1) lab.family.set(1, [3])
  }
  const { order } = await endAll(lab, [[1, 0]], begin, { stubborn: [1] })
  expect(order).toEqual([[1], [3]])
})

it('leaves alone whom the person left out', async () => {
  const lab = machine({ 1: [2, 3], 2: [], 3: [] })
  expect((await endAll(lab, [[1, 0]], undefined, { spared: [2] })).order).toEqual([[1], [3]])
})

it('leaves alone children that the person was told of but that are not among those to end', async () => {
  const lab = machine({ 1: [2, 3, 4], 2: [], 3: [5], 4: [], 5: [] })
  const members = [[1, 0] as const, [2, 1] as const]
  expect((await endAll(lab, members, undefined, { told: { 1: [2, 3] } })).order).toEqual([[1], [2], [4]])
})

it('rests as long as a slow look took, so that looking takes no more than half of the time', async () => {
  const lab = machine({ 1: [], 2: [] })
  lab.time.lookTakesMs = 400
  const pauses: number[][] = []
  const members = [[1, 0] as const, [2, 0] as const]
  await endAll(lab, members, async () => {
    pauses.push(lab.timers())
    lab.time.lookTakesMs = 1
    await lab.tick()
    pauses.push(lab.timers())
  })
  expect(pauses).toEqual([[800], [100]])
})

it('gives up, and says so, when processes begin without end', async () => {
  const lab = machine({ 1: [2], 2: [] })
  let next = 2
  const { order, growing } = await endAll(lab, [[1, 0]], () => {
    next += 1
    lab.family.set(next - 1, [next])
    lab.family.set(next, [])
  })
  expect([growing, order.length]).toEqual([true, 501])
})

it('ends its own looking when the caller stops in the middle', async () => {
  const lab = machine({ 1: [2], 2: [] })
  const batches = parentsFirst({
    api: lab.api,
    members: [{ ...identity(1), depth: 0, children: [] }],
    startTimer: lab.startTimer,
    now: lab.now,
    onFound: () => {},
    onGrowing: () => {},
  })
  await batches.next()
  expect(lab.timers().length).toBe(1)
  await batches.return()
  expect(lab.timers()).toEqual([])
})
