import { expect, test } from 'vitest'
import { synSentStalled } from '../../../../src-main/diagnosis/rules/syn-sent-stalled.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const remote = '203.0.113.9:5432'
const calling = (index: number): RowInput => ({
  remote,
  state: 'SYN_SENT',
  owner: { pid: index === 2 ? 2 : 1, name: 'app' },
  retransmits: index,
})

test('fires when three calls to one endpoint are three seconds old', () => {
  const watch = new RuleWatch(synSentStalled).around({ routeTo: (address) => (address === '203.0.113.9' ? 'present' : 'absent') })
  watch.full([...manyRows(3, calling), { remote: '203.0.113.9:80', state: 'SYN_SENT' }, { remote }])
  expect(watch.looks(2)).toEqual([])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({
    key: remote,
    level: 'raise',
    remote: { address: '203.0.113.9', port: 5432 },
    process: { pid: 1 },
    otherProcesses: [{ pid: 2 }],
  })
  expect(watch.evidence(candidate)).toEqual([1, 2, 3])
  expect(figuresOf(candidate)).toEqual({ rows: 3, 'oldest-age': 3000, retransmits: 3 })
  expect(factsOf(candidate)).toEqual(['route present'])
  expect(partsOf(candidate, 'process')).toEqual({ 'app[1]': 2, 'app[2]': 1 })
})

test('an IPv6 endpoint is one endpoint, and IPv4 in an IPv6 socket is IPv4', () => {
  const watch = new RuleWatch(synSentStalled)
  watch.full([
    ...manyRows(3, () => ({ local: '[2001:db8::1]:40000', remote: '[2001:db8::9]:443', state: 'SYN_SENT' }) as const),
    ...manyRows(2, () => ({ remote, state: 'SYN_SENT' }) as const),
    { local: '192.0.2.1:40001', remote, family: 6, state: 'SYN_SENT' },
  ])
  expect(watch.looks(3).map(({ key }) => key)).toEqual(['[2001:db8::9]:443', remote])
})

test('no route known, no fact; no retransmits told, no figure', () => {
  const watch = new RuleWatch(synSentStalled)
  watch.full(manyRows(3, () => ({ remote, state: 'SYN_SENT' })))
  const [candidate] = watch.looks(3)
  expect(factsOf(candidate)).toEqual([])
  expect(figuresOf(candidate)).toEqual({ rows: 3, 'oldest-age': 3000 })
})

test('is kept while two calls are left, and ends with one', () => {
  const watch = new RuleWatch(synSentStalled)
  watch.full(manyRows(3, calling))
  watch.looks(3)
  expect(watch.look({ removed: [1] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ removed: [2] })).toEqual([])
})

test('calls that are answered do not fire: three to different hosts, or new ones all the time', () => {
  const watch = new RuleWatch(synSentStalled)
  watch.full(manyRows(3, (index) => ({ remote: `203.0.113.${index}:443`, state: 'SYN_SENT' })))
  expect(watch.looks(5)).toEqual([])
  const busy = new RuleWatch(synSentStalled)
  busy.full([])
  for (let look = 0; look < 8; look += 1) {
    const added = manyRows(5, () => ({ remote, state: 'SYN_SENT' }) as const)
    expect(busy.look({ added, removed: look === 0 ? [] : [1, 2, 3, 4, 5].map((id) => (look - 1) * 5 + id) })).toEqual([])
  }
})
