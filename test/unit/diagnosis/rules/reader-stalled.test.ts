import { describe, expect, it, test } from 'vitest'
import { capabilitiesOf } from '../../../../src-shared/model/capabilities.ts'
import { readerStalled } from '../../../../src-main/diagnosis/rules/reader-stalled.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, RuleWatch } from '../../../builders/rule-watch.ts'

const kib = 1024
const capable = (platform: string, source: string) => {
  const capabilities = capabilitiesOf(platform, source)
  return capabilities === undefined ? {} : { capabilities }
}
const told = (source: string) => readerStalled.unwatched?.({ ...noSurroundings, ...capable('linux', source) })
const row = (queue: number, receivedBytes?: number, more: RowInput = {}): RowInput => ({
  id: 1,
  local: '192.0.2.1:443',
  remote: '203.0.113.9:5000',
  owner: { pid: 7, name: 'slow' },
  receiveQueue: queue,
  ...(receivedBytes === undefined ? {} : { receivedBytes }),
  ...more,
})

test('a queue that fills and then stays level is stalled after the time', () => {
  const watch = new RuleWatch(readerStalled)
  watch.around({ activityOf: (pid) => (pid === 7 ? { state: 'stopped', processorShare: 0 } : undefined) })
  expect(watch.full([row(60 * kib, 60 * kib)])).toEqual([])
  expect(watch.look({ changed: [row(64 * kib, 64 * kib)] })).toEqual([])
  expect(watch.look({ changed: [row(300 * kib, 300 * kib)] })).toEqual([])
  expect(watch.looks(8)).toEqual([])
  const [candidate, ...others] = watch.look()
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: '7@1', level: 'raise', severity: 'warning', process: { name: 'slow' }, remote: { port: 5000 } })
  expect(watch.evidence(candidate)).toEqual([1])
  expect(figuresOf(candidate)).toEqual({ queue: 300 * kib, held: 10_000, rows: 1, 'processor-share': 0 })
  expect(factsOf(candidate)).toEqual(['process-state stopped'])
})

test('ends when the program reads, also when the peer fills the queue again at once', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(200 * kib, 200 * kib)])
  expect(watch.looks(10)).toHaveLength(1)
  expect(watch.look({ changed: [row(200 * kib, 500 * kib)] })).toEqual([])
  const again = new RuleWatch(readerStalled)
  again.full([row(200 * kib, 200 * kib)])
  again.looks(10)
  expect(again.look({ changed: [row(0, 200 * kib)] })).toEqual([])
})

test('a small fall does not end it, a large one does', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(200 * kib, 200 * kib)])
  watch.looks(10)
  expect(watch.look({ changed: [row(190 * kib, 200 * kib)] })).toHaveLength(1)
  expect(watch.look({ changed: [row(100 * kib, 200 * kib)] })).toEqual([])
})

describe('a busy reader', () => {
  it('whose queue is as full in every look is not stalled: much goes through it', () => {
    const watch = new RuleWatch(readerStalled)
    watch.full([row(4000 * kib, 0)])
    for (let look = 1; look < 60; look += 1) expect(watch.look({ changed: [row(4000 * kib, look * 9000 * kib)] })).toEqual([])
  })

  it('whose queue rises and falls is not stalled, though the bytes are not counted', () => {
    const watch = new RuleWatch(readerStalled)
    watch.full([row(500 * kib)])
    for (let look = 1; look < 60; look += 1) expect(watch.look({ changed: [row((500 + (look % 7) * 10) * kib)] })).toEqual([])
  })
})

test('where bytes are not counted, a level queue may be one that is emptied and filled: the rule is not watched', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(500 * kib)])
  expect(watch.looks(10)).toEqual([])
  expect([told('procfs'), told('netlink')]).toEqual(['tool-does-not-tell', undefined])
})

test('a slow path through a full buffer is not stalled', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(2500 * kib, 2500 * kib)])
  for (let look = 1; look < 60; look += 1) expect(watch.look({ changed: [row(2500 * kib, (2500 + look * 50) * kib)] })).toEqual([])
})

test('what trickles out does not end it for a moment now and then', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(2500 * kib, 2500 * kib)])
  const levels = manyRows(200, () => ({})).map((_row, look) => watch.look({ changed: [row(2500 * kib, (2501 + look) * kib)] })[0]?.level)
  expect(new Set(levels.slice(10))).toEqual(new Set(['raise']))
})

test('a stalled program is one finding with all of its connections', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full(manyRows(5, (index) => row(100 * kib + index, 200 * kib, { id: index + 1, remote: `203.0.113.9:${5000 + index}` })))
  const [candidate, ...others] = watch.looks(10)
  expect([others, watch.evidence(candidate)]).toEqual([[], [1, 2, 3, 4, 5]])
  expect(figuresOf(candidate)).toMatchObject({ queue: 100 * kib + 4, rows: 5 })
  expect(candidate).not.toHaveProperty('remote')
})

test('accept queues and UDP are other things', () => {
  const watch = new RuleWatch(readerStalled, { 'stalled-queue': 10 })
  watch.full([
    { local: '0.0.0.0:80', receiveQueue: 100, sendQueue: 128 },
    { local: '0.0.0.0:53', protocol: 'udp', receiveQueue: 200_000 },
  ])
  expect(watch.looks(20)).toEqual([])
})

test('another session begins anew: its row ids are others', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(200 * kib, 200 * kib)])
  watch.looks(9)
  expect(watch.restart([row(200 * kib, 200 * kib)])).toEqual([])
  expect(watch.looks(9)).toEqual([])
  expect(watch.look()).toHaveLength(1)
})

test('time that did not pass before our eyes does not count', () => {
  const watch = new RuleWatch(readerStalled)
  watch.full([row(200 * kib, 200 * kib)])
  expect(watch.look({ afterMs: 3_600_000 })).toEqual([])
})

test('size and time are settings', () => {
  const watch = new RuleWatch(readerStalled, { 'stalled-queue': 1000, 'stalled-time': 2000 })
  watch.full([row(1000, 1000)])
  expect(watch.look()).toEqual([])
  expect(watch.look()).toHaveLength(1)
})
