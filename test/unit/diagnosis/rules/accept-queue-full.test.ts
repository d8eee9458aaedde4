import { expect, test } from 'vitest'
import { acceptQueueFull } from '../../../../src-main/diagnosis/rules/accept-queue-full.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import { linuxNetlink } from '../../../../src-shared/model/capabilities-linux.ts'
import { windowsIphlpapi } from '../../../../src-shared/model/capabilities-windows.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, RuleWatch } from '../../../builders/rule-watch.ts'

const owner = { pid: 80, startToken: 'w', name: 'web' }
const listener = (waiting: number, backlog: number, more: RowInput = {}): RowInput => ({
  id: 1,
  local: '0.0.0.0:80',
  owner,
  receiveQueue: waiting,
  sendQueue: backlog,
  ...more,
})

test('fires when the queue is full in two looks', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ activityOf: () => ({ state: 'stopped', processorShare: 0 }) })
  expect(watch.full([listener(129, 128), listener(0, 128, { id: 2, local: '0.0.0.0:81' })])).toMatchObject([{ level: 'keep' }])
  const [candidate, ...others] = watch.look()
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: '0.0.0.0:80', level: 'raise', severity: 'critical', local: { port: 80 }, process: { pid: 80 } })
  expect(watch.evidence(candidate)).toEqual([1])
  expect(figuresOf(candidate)).toEqual({ waiting: 129, backlog: 128, share: 129 / 128, 'processor-share': 0 })
  expect(factsOf(candidate)).toEqual(['process-state stopped'])
})

test('a queue that is as full as it was asked for loses nothing yet', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(128, 128)])
  expect(watch.look()).toMatchObject([{ level: 'raise', severity: 'warning' }])
})

test('programs that accept in batches are healthy', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(128, 128)])
  for (let look = 0; look < 6; look += 1)
    for (const { level } of watch.look({ changed: [listener(look % 2 === 0 ? 3 : 128, 128)] })) expect(level).toBe('keep')
})

test.each([
  [0, 0],
  [0, 5],
  [3, 5],
  [64, 128],
])('%i waiting of %i is nothing', (waiting, backlog) => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(waiting, backlog)])
  expect(watch.looks(3)).toEqual([])
})

test('a backlog of zero is full with one waiting', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(1, 0)])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ level: 'raise', severity: 'critical' })
  expect(figuresOf(candidate)).toMatchObject({ share: 1 })
})

test('a lower share fires sooner, and is kept down to seven tenths of it', () => {
  const watch = new RuleWatch(acceptQueueFull, { 'accept-queue-share': 0.5 })
  watch.full([listener(50, 100)])
  expect(watch.look()).toMatchObject([{ level: 'raise' }])
  expect(watch.look({ changed: [listener(35, 100)] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ changed: [listener(34, 100)] })).toEqual([])
})

test('of listeners that share a port, the full ones are the evidence', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(0, 128), listener(130, 128, { id: 2, owner: { pid: 81, name: 'web' } })])
  const [candidate] = watch.look()
  expect(watch.evidence(candidate)).toEqual([2])
  expect(candidate).toMatchObject({ process: { pid: 81 }, otherProcesses: [{ pid: 80 }] })
})

test('overflows raise it for the fullest listener and keep it through pauses', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ counters: { listenOverflows: 7 } })
  watch.full([listener(100, 128), listener(3, 128, { id: 2, local: '0.0.0.0:81' })])
  watch.around({ counters: { listenOverflows: 19 } })
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ key: '0.0.0.0:80', level: 'raise', severity: 'critical' })
  expect(figuresOf(candidate)).toMatchObject({ overflows: 12 })
  expect(watch.look({ changed: [listener(0, 128)], afterMs: 10_000 })).toMatchObject([{ key: '0.0.0.0:80', level: 'keep' }])
  expect(watch.looks(2, 10_000)).toEqual([])
})

test('overflows are not blamed on a listener whose own queue was never nearly full', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ counters: { listenOverflows: 7 } })
  watch.full([listener(1, 4096), listener(0, 5, { id: 2, local: '0.0.0.0:81', owner: 'slow' })])
  watch.around({ counters: { listenOverflows: 19 } })
  expect(watch.look()).toMatchObject([{ key: 'machine', level: 'raise', evidence: [] }])
  const [candidate, ...others] = watch.look({ changed: [listener(6, 5, { id: 2, local: '0.0.0.0:81', owner: 'slow' })] })
  expect([candidate?.key, others]).toEqual(['0.0.0.0:81', []])
})

test('overflows of one listener leave the warning about another one a warning', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ counters: { listenOverflows: 7 } })
  watch.full([listener(129, 128), listener(100, 100, { id: 2, local: '0.0.0.0:81' })])
  watch.around({ counters: { listenOverflows: 19 } })
  const [full, other] = watch.look()
  expect(full).toMatchObject({ key: '0.0.0.0:80', severity: 'critical' })
  expect(other).toMatchObject({ key: '0.0.0.0:81', level: 'raise', severity: 'warning' })
  expect(figuresOf(other)).not.toHaveProperty('overflows')
})

test('overflows of a time without looks are none of now', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ counters: { listenOverflows: 7 } })
  watch.full([listener(100, 128)])
  watch.around({ counters: { listenOverflows: 307 } })
  expect(watch.look({ afterMs: 3_600_000 })).toMatchObject([{ level: 'keep', severity: 'warning' }])
  expect(watch.looks(2)).toMatchObject([{ level: 'keep', severity: 'warning' }])
})

test('full in looks that follow each other at once is not yet full for long', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([listener(129, 128)])
  expect(watch.looks(9, 100)).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ afterMs: 100 })).toMatchObject([{ level: 'raise' }])
})

test('overflows while nothing waits are about the machine', () => {
  const watch = new RuleWatch(acceptQueueFull).around({ counters: { listenOverflows: 7 } })
  watch.full([listener(0, 128)])
  expect(watch.look()).toEqual([])
  watch.around({ counters: { listenOverflows: 8 } })
  expect(watch.look()).toMatchObject([{ key: 'machine', level: 'raise', severity: 'warning', evidence: [] }])
})

test('where no queue is told it sees nothing, and says so', () => {
  const watch = new RuleWatch(acceptQueueFull)
  watch.full([{ local: '0.0.0.0:80', owner }])
  expect(watch.looks(3)).toEqual([])
  expect(acceptQueueFull.unwatched?.({ ...noSurroundings, capabilities: windowsIphlpapi })).toBe('system-does-not-tell')
  expect(acceptQueueFull.unwatched?.({ ...noSurroundings, capabilities: linuxNetlink })).toBeUndefined()
})
