import { expect, test } from 'vitest'
import { finWait1Pile, lastAckPile } from '../../../../src-main/diagnosis/rules/piles.ts'
import type { RowInput } from '../../../builders/mirror-builder.ts'
import { figuresOf, manyRows, partsOf, RuleWatch } from '../../../builders/rule-watch.ts'

const orphan =
  (state: 'FIN_WAIT_1' | 'CLOSING' | 'LAST_ACK') =>
  (index: number): RowInput => ({
    local: '192.0.2.1:443',
    remote: `203.0.113.${index % 2}:${4000 + index}`,
    state,
    visibility: 'gone',
    retransmits: 2,
  })

test('rows in FIN_WAIT_1 and in CLOSING are one pile', () => {
  const watch = new RuleWatch(finWait1Pile)
  watch.full([...manyRows(15, orphan('FIN_WAIT_1')), ...manyRows(5, orphan('CLOSING')), ...manyRows(30, orphan('LAST_ACK'))])
  expect(watch.look({ afterMs: 9000 })).toEqual([])
  const [candidate, ...others] = watch.look()
  expect(others).toEqual([])
  expect(candidate).toMatchObject({ key: 'machine', level: 'raise', severity: 'warning', process: undefined })
  expect(watch.evidence(candidate)).toEqual(manyRows(20, () => ({})).map((_row, index) => index + 1))
  expect(figuresOf(candidate)).toEqual({ rows: 20, 'oldest-age': 10_000, retransmits: 40 })
  expect(partsOf(candidate, 'state')).toEqual({ FIN_WAIT_1: 15, CLOSING: 5 })
  expect(partsOf(candidate, 'remote-address')).toMatchObject({ '203.0.113.0': 11 })
  expect(partsOf(candidate, 'local-endpoint')).toEqual({ '192.0.2.1:443': 20 })
})

test('orphans near their limit make it critical', () => {
  const settings = new Map([['max-orphans', [100]]] as const)
  const watch = new RuleWatch(lastAckPile).around({ orphans: 89, settings })
  watch.full(manyRows(20, orphan('LAST_ACK')))
  const [candidate] = watch.looks(1, 10_000)
  expect(candidate).toMatchObject({ severity: 'warning' })
  expect(figuresOf(candidate)).toMatchObject({ orphans: 89, 'orphan-limit': 100 })
  watch.around({ orphans: 90 })
  expect(watch.look()).toMatchObject([{ severity: 'critical' }])
})

test('one program that has them all is named', () => {
  const watch = new RuleWatch(lastAckPile)
  watch.full(manyRows(20, (index): RowInput => ({ ...orphan('LAST_ACK')(index), owner: { pid: 4, name: 'proxy' } })))
  expect(watch.looks(1, 10_000)).toMatchObject([{ process: { pid: 4 } }])
})

test('many that come and go are a busy server', () => {
  const watch = new RuleWatch(lastAckPile)
  watch.full([])
  let removed: number[] = []
  for (let look = 0; look < 8; look += 1) {
    expect(watch.look({ added: manyRows(40, orphan('LAST_ACK')), removed, afterMs: 2000 })).toEqual([])
    removed = manyRows(40, () => ({})).map((_row, index) => look * 40 + index + 1)
  }
})

test('is kept down to fourteen rows', () => {
  const watch = new RuleWatch(lastAckPile)
  watch.full(manyRows(20, orphan('LAST_ACK')))
  watch.looks(1, 10_000)
  expect(watch.look({ removed: [1, 2, 3, 4, 5, 6] })).toMatchObject([{ level: 'keep' }])
  expect(watch.look({ removed: [7] })).toEqual([])
})
