import { expect, test } from 'vitest'
import { synSentFanout } from '../../../../src-main/diagnosis/rules/syn-sent-fanout.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { factsOf, figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const owner = { pid: 66, startToken: 's', name: 'scan', executable: '/opt/scan' }
const calling = (index: number): RowInput => ({ remote: `203.0.113.${index % 5}:${1000 + index}`, state: 'SYN_SENT', owner })

test('fires at twenty endpoints of one process, hosts and ports counted apart', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full([...manyRows(20, calling), { remote: '203.0.113.1:1', owner }, { remote: '203.0.113.1:1', state: 'SYN_SENT', owner: 'other' }])
  const [candidate, ...others] = watch.look()
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: '66@s', level: 'raise', process: { pid: 66 } })
  expect(figuresOf(candidate)).toEqual({ endpoints: 20, hosts: 5, ports: 20, 'oldest-age': 1000 })
  expect(factsOf(candidate)).toEqual(['executable /opt/scan'])
  expect(watch.evidence(candidate)).toHaveLength(20)
  expect(partsOf(candidate, 'remote-address')).toMatchObject({ '203.0.113.0': 4 })
})

test('endpoints that are gone meanwhile count within the window, and their rows are no evidence', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(10, calling))
  const removed = manyRows(10, () => ({})).map((_row, index) => index + 1)
  expect(watch.look({ removed, added: manyRows(10, (index) => calling(index + 10)), afterMs: 8000 })).toEqual([])
  const [candidate] = watch.look()
  expect(candidate).toMatchObject({ level: 'raise' })
  expect(figuresOf(candidate)).toMatchObject({ endpoints: 20 })
  expect(watch.evidence(candidate)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
})

test('ends when the window has passed', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(20, calling))
  const removed = manyRows(20, () => ({})).map((_row, index) => index + 1)
  expect(watch.look({ removed })).toMatchObject([{ level: 'raise', evidence: [] }])
  expect(watch.looks(8)).toHaveLength(1)
  expect(watch.looks(3)).toEqual([])
})

test('a few below the threshold keep it', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(14, calling))
  expect(watch.look()).toMatchObject([{ level: 'keep' }])
})

test('twenty calls to one endpoint, or of twenty programs, are no fan-out', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full([
    ...manyRows(20, () => ({ remote: '203.0.113.1:443', state: 'SYN_SENT', owner }) as const),
    ...manyRows(20, (index): RowInput => ({ ...calling(index), owner: `program ${index}` })),
  ])
  expect(watch.looks(3)).toEqual([])
})

test('calls that were answered when we looked are no fan-out', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(50, (index): RowInput => ({ ...calling(index), state: 'ESTABLISHED' })))
  expect(watch.looks(3)).toEqual([])
})

test('calls that are answered within a round trip are no fan-out, however many are on the way in each look', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(30, (index) => ({ ...calling(index), id: index + 1 })))
  for (let look = 1; look < 8; look += 1) {
    const changed = manyRows(30, (index): RowInput => ({ ...calling(index), id: look * 30 - 29 + index, state: 'ESTABLISHED' }))
    const added = manyRows(30, (index): RowInput => ({ ...calling(look * 30 + index), id: look * 30 + 1 + index }))
    expect(watch.look({ changed, added })).toEqual([])
  }
})

test('a SYN that was sent again counts at once, and young calls beside it are no evidence', () => {
  const watch = new RuleWatch(synSentFanout)
  const [candidate] = watch.full([
    ...manyRows(20, (index): RowInput => ({ ...calling(index), unanswered: 1 })),
    { ...calling(20), unanswered: 0 },
  ])
  expect(figuresOf(candidate)).toMatchObject({ endpoints: 20 })
  expect(watch.evidence(candidate)).toHaveLength(20)
})

test('calls that vanish are counted, those of a table that began anew are not known to have vanished', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(20, calling))
  expect(watch.restart([])).toEqual([])
})

test('a clock set back forgets what would lie in the future', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(20, calling))
  const removed = manyRows(19, () => ({})).map((_row, index) => index + 1)
  expect(watch.look({ removed, afterMs: -100_000 })).toEqual([])
})

test('calls whose owner is still looked for are nobody’s yet', () => {
  const watch = new RuleWatch(synSentFanout)
  watch.full(manyRows(30, (index): RowInput => ({ ...calling(index), owners: [], visibility: 'pending' })))
  expect(watch.look()).toEqual([])
})
