import { expect, test } from 'vitest'
import { senderStalled } from '../../../../src-main/diagnosis/rules/sender-stalled.ts'
import { noSurroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import { linuxNetlink } from '../../../../src-shared/model/capabilities-linux.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, RuleWatch } from '../../../builders/rule-watch.ts'

const kib = 1024
const row = (queue: number, sentBytes: number, more: RowInput = {}): RowInput => ({
  id: 1,
  local: '192.0.2.1:40000',
  remote: '198.51.100.1:9000',
  owner: { pid: 7, name: 'feeder' },
  sendQueue: queue,
  sentBytes,
  timerKind: 'probe',
  retransmits: 2,
  roundTripMs: 10,
  ...more,
})

test('a peer that closed its window is found after the time', () => {
  const watch = new RuleWatch(senderStalled)
  watch.full([row(100 * kib, 5)])
  expect(watch.look({ changed: [row(400 * kib, 5)] })).toEqual([])
  expect(watch.looks(8)).toEqual([])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ key: '7@1 198.51.100.1', level: 'raise', severity: 'warning', remote: { port: 9000 } })
  expect(figuresOf(candidate)).toEqual({ queue: 400 * kib, held: 10_000, rows: 1, retransmits: 2, 'round-trip': 10 })
  expect(factsOf(candidate)).toEqual(['timer probe'])
  expect(watch.look({ changed: [row(0, 400 * kib, { timerKind: 'none' })] })).toEqual([])
})

test('nothing but repeats is a notice: a peer that is gone is another finding', () => {
  const watch = new RuleWatch(senderStalled)
  watch.full([row(100 * kib, 5, { timerKind: 'retransmit' })])
  expect(watch.looks(10)).toMatchObject([{ severity: 'notice' }])
  const mixed = new RuleWatch(senderStalled)
  mixed.full([row(100 * kib, 5, { timerKind: 'retransmit' }), row(100 * kib, 5, { id: 2 })])
  expect(mixed.looks(10)).toMatchObject([{ severity: 'warning' }])
})

test('a long upload through a full buffer is none', () => {
  const watch = new RuleWatch(senderStalled)
  watch.full([row(4000 * kib, 0)])
  for (let look = 1; look < 60; look += 1) expect(watch.look({ changed: [row(4000 * kib, look * 600 * kib)] })).toEqual([])
})

test('a steady 100 kB per second through a full buffer of 2.5 MB is none', () => {
  const watch = new RuleWatch(senderStalled)
  watch.full([row(2500 * kib, 0)])
  for (let look = 1; look < 60; look += 1) expect(watch.look({ changed: [row(2500 * kib, look * 100_000)] })).toEqual([])
})

const { sentBytes: _sent, ...uncounted } = row(2500 * kib, 0)

test.each([
  ['a window that is probed', { timerKind: 'probe' }, 1],
  ['repeats', { timerKind: 'retransmit', unanswered: 1 }, 1],
  ['a timer that runs while data is on the way', { timerKind: 'retransmit', unanswered: 0 }, 0],
  ['a timer of which nothing is told', { timerKind: 'retransmit' }, 0],
  ['no timer', { timerKind: 'none' }, 0],
] as const)('without byte counters, %s: %j', (_case, more, found) => {
  const watch = new RuleWatch(senderStalled)
  watch.full([{ ...uncounted, ...more }])
  expect(watch.looks(10)).toHaveLength(found)
})

const reason = (tcpBytes: 'yes' | 'no', timers: 'yes' | 'no') =>
  senderStalled.unwatched?.({
    ...noSurroundings,
    capabilities: {
      ...linuxNetlink,
      'tcp-bytes': { support: tcpBytes, reason: 'tool-does-not-tell' },
      timers: { support: timers, reason: 'system-does-not-tell' },
    },
  })

test('says where neither bytes nor timers are told', () => {
  expect([reason('yes', 'yes'), reason('yes', 'no'), reason('no', 'yes')]).toEqual([undefined, undefined, undefined])
  expect(reason('no', 'no')).toBe('tool-does-not-tell')
})

test('listeners have a backlog there, and closing connections another rule', () => {
  const watch = new RuleWatch(senderStalled, { 'stalled-queue': 100 })
  watch.full([
    { local: '0.0.0.0:80', receiveQueue: 0, sendQueue: 4096 },
    row(100 * kib, 5, { state: 'FIN_WAIT_1' }),
    row(100 * kib, 5, { id: 3, state: 'LAST_ACK' }),
  ])
  expect(watch.looks(20)).toEqual([])
})

test('each peer of a process is a finding of its own', () => {
  const watch = new RuleWatch(senderStalled)
  watch.full(manyRows(3, (index) => row(100 * kib, 5, { id: index + 1, remote: `198.51.100.${index % 2}:9000` })))
  expect(watch.looks(10).map((candidate) => watch.evidence(candidate))).toEqual([[1, 3], [2]])
})
