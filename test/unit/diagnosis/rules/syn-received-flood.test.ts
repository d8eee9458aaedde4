import { expect, test } from 'vitest'
import { synReceivedFlood } from '../../../../src-main/diagnosis/rules/syn-received-flood.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const owner = { pid: 80, startToken: 'w', name: 'web' }
const listener: RowInput = { local: '0.0.0.0:80', owner, receiveQueue: 0, sendQueue: 128 }
const halfOpen = (index: number): RowInput => ({
  local: '192.0.2.1:80',
  remote: `203.0.113.${index % 200}:${2000 + index}`,
  state: 'SYN_RECEIVED',
})

test('fires when half of the backlog is unanswered for a second', () => {
  const watch = new RuleWatch(synReceivedFlood)
  expect(watch.full([listener, ...manyRows(64, halfOpen)])).toEqual([])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({
    key: '0.0.0.0:80',
    level: 'raise',
    severity: 'warning',
    process: { pid: 80 },
    local: { address: '0.0.0.0', port: 80 },
  })
  expect(figuresOf(candidate)).toEqual({ rows: 64, share: 0.5, backlog: 128, hosts: 64, 'oldest-age': 1000 })
  expect(watch.evidence(candidate)).toEqual(manyRows(64, () => ({})).map((_row, index) => index + 2))
  expect(Object.values(partsOf(candidate, 'remote-address'))).toHaveLength(8)
})

test('many handshakes that are answered within a second are a busy server', () => {
  const watch = new RuleWatch(synReceivedFlood)
  watch.full([listener])
  let first = 2
  let removed: number[] = []
  for (let look = 0; look < 6; look += 1) {
    expect(watch.look({ added: manyRows(100, halfOpen), removed, afterMs: 990 })).toEqual([])
    removed = manyRows(100, () => ({})).map((_row, index) => first + index)
    first += 100
  }
})

test('one unanswered client at a backlog of one does not alarm', () => {
  const watch = new RuleWatch(synReceivedFlood)
  watch.full([{ ...listener, sendQueue: 1 }, ...manyRows(5, halfOpen)])
  expect(watch.looks(5)).toEqual([])
})

test.each([
  ['its own address', '192.0.2.1:80', '192.0.2.1:80'],
  ['both families', '[::]:80', '192.0.2.1:80'],
  ['IPv6 everywhere', '[::]:80', '[2001:db8::1]:80'],
])('finds the listener of %s', (_case, listening, local) => {
  const watch = new RuleWatch(synReceivedFlood)
  const remote = (index: number): string => (local.startsWith('[') ? `[2001:db8::9]:${index + 1}` : `203.0.113.1:${index + 1}`)
  watch.full([
    { ...listener, local: listening },
    { ...listener, local: '192.0.2.1:81' },
    ...manyRows(64, (index): RowInput => ({ local, remote: remote(index), state: 'SYN_RECEIVED' })),
  ])
  expect(watch.look()).toMatchObject([{ key: listening, level: 'raise' }])
})

test('listeners that share a port share the load: their backlogs add up', () => {
  const watch = new RuleWatch(synReceivedFlood)
  watch.full([listener, listener, ...manyRows(64, halfOpen)])
  expect(watch.look()).toEqual([])
})

test('a full accept queue holds finished handshakes up: no flood', () => {
  const watch = new RuleWatch(synReceivedFlood)
  watch.full([{ ...listener, receiveQueue: 129 }, ...manyRows(100, halfOpen)])
  expect(watch.look()).toMatchObject([{ level: 'keep' }])
})

test('without cookies, a full queue refuses clients: critical', () => {
  const settings = new Map([
    ['syncookies', [0]],
    ['max-syn-backlog', [64]],
  ] as const)
  const watch = new RuleWatch(synReceivedFlood).around({ settings })
  watch.full([listener, ...manyRows(48, halfOpen)])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ level: 'raise', severity: 'critical' })
  expect(figuresOf(candidate)).toMatchObject({ share: 1 })
})

test('cookies that are sent raise it for the fullest listener, and for the same one until they stop', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 1000 } })
  watch.full([{ ...listener, local: '192.0.2.1:81' }, listener, ...manyRows(45, halfOpen)])
  watch.look()
  watch.around({ counters: { synCookiesSent: 1050 } })
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ key: '0.0.0.0:80', level: 'raise' })
  expect(figuresOf(candidate)).toMatchObject({ 'syn-cookies': 50, rows: 45 })
  const removed = manyRows(45, () => ({})).map((_row, index) => index + 3)
  expect(watch.look({ removed })).toMatchObject([{ key: '0.0.0.0:80', level: 'raise', evidence: [], process: { pid: 80 } }])
  expect(watch.looks(10)).toMatchObject([{ key: '0.0.0.0:80', level: 'keep' }])
  expect(watch.looks(25)).toEqual([])
})

test('cookies are not blamed on a listener with few half-open connections', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 1000 } })
  watch.full([listener, ...manyRows(9, halfOpen)])
  watch.around({ counters: { synCookiesSent: 1050 } })
  expect(watch.look()).toMatchObject([{ key: 'machine', level: 'raise', evidence: [] }])
})

test('cookies without any half-open row are about the machine', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 0 } })
  watch.full([listener])
  watch.around({ counters: { synCookiesSent: 100 } })
  expect(watch.look()).toMatchObject([{ key: 'machine', level: 'raise', evidence: [], figures: [{ id: 'syn-cookies', value: 100 }] }])
})

test('cookies that the system always sends say nothing', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 0 }, settings: new Map([['syncookies', [2]]]) })
  watch.full([listener])
  watch.around({ counters: { synCookiesSent: 5000 } })
  expect(watch.look()).toEqual([])
})

test('cookies of the time before the first look say nothing', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 123_456 } })
  watch.full([listener])
  expect(watch.looks(3)).toEqual([])
})

test('where no backlog is told, 64 unanswered are a flood', () => {
  const watch = new RuleWatch(synReceivedFlood)
  watch.full([{ local: '0.0.0.0:80', owner }, ...manyRows(64, halfOpen)])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ level: 'raise' })
  expect(figuresOf(candidate)).not.toHaveProperty('backlog')
})

test('cookies that go out before the first row is old are about the listener that the rows fill', () => {
  const watch = new RuleWatch(synReceivedFlood).around({ counters: { synCookiesSent: 0 } })
  watch.full([{ ...listener, local: '0.0.0.0:81' }, listener])
  watch.around({ counters: { synCookiesSent: 100 } })
  const [candidate] = watch.look({ added: manyRows(50, halfOpen) })
  expect(candidate).toMatchObject({ key: '0.0.0.0:80', level: 'raise' })
  expect(watch.evidence(candidate)).toHaveLength(50)
})
