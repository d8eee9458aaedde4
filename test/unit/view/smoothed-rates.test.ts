import { describe, expect, it } from 'vitest'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'
import { Churn } from './churn.ts'
import { seededRandom } from './random.ts'

const row = (id: number, sendRate?: number): RowInput & { id: number } => ({ id, ...(sendRate === undefined ? {} : { sendRate }) })

function started(rates: readonly number[]) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 0 })
  view.setSort({ column: 'sendRate', descending: true })
  view.apply(builder.full(rates.map((rate, index) => row(index + 1, rate))), 0)
  const slotOf = (id: number): number => view.slotOfRow(id)!
  return {
    builder,
    view,
    ids: () => [...view.visible].map((slot) => view.mirror.columns.rowId[slot]!),
    orderedBy: (id: number) => 0 - view.sortKeyOf(slotOf(id)),
    shown: (id: number) => view.mirror.columns.sendRate[slotOf(id)],
  }
}

describe('an order by a rate', () => {
  it('begins with the plain rates', () => {
    expect(started([10, 30, 20]).ids()).toEqual([2, 3, 1])
  })

  it('does not drop a row that pauses for one look, though its cell says so', () => {
    const { builder, view, ids, shown } = started([1000, 500, 10])
    view.apply(builder.delta({ changed: [row(1, 0)] }), 1000)
    expect([ids(), shown(1)]).toEqual([[1, 2, 3], 0])
    view.apply(builder.delta({ changed: [row(1, 1000)] }), 2000)
    expect(ids()).toEqual([1, 2, 3])
  })

  it('takes up 63 % of a jump in three seconds, whatever the interval', () => {
    for (const intervalMs of [500, 1000]) {
      const { builder, view, orderedBy } = started([0, 1])
      view.apply(builder.delta({ changed: [row(2, 1)] }), 0)
      for (let now = intervalMs; now <= 3000; now += intervalMs) view.apply(builder.delta({ changed: [row(1, 1000)] }), now)
      expect(orderedBy(1)).toBeCloseTo(632, 0)
    }
  })

  it('lets a row that went quiet fall although it sends no further change', () => {
    const { builder, view, ids, orderedBy } = started([1000, 500, 10])
    view.apply(builder.delta({ changed: [row(1, 0)] }), 1000)
    const first = orderedBy(1)
    view.apply(builder.delta({ changed: [row(2, 500)] }), 2000)
    expect(orderedBy(1)).toBeLessThan(first)
    view.apply(builder.delta({ changed: [row(2, 500)] }), 3000)
    expect([orderedBy(1), ids()]).toEqual([0, [2, 3, 1]])
  })

  it('takes the rate itself after a long freeze, and for rows whose rate was or is not known', () => {
    const { builder, view, orderedBy } = started([1000, 500])
    view.apply(builder.delta({ changed: [row(2, 500)] }), 1000)
    view.apply(builder.delta({ changed: [row(1, 7)] }), 200_000)
    expect(orderedBy(1)).toBeCloseTo(7, 3)
    view.apply(builder.delta({ changed: [row(1)] }), 201_000)
    expect(orderedBy(1)).toBe(Number.NEGATIVE_INFINITY)
    view.apply(builder.delta({ changed: [row(1, 40)] }), 202_000)
    expect(orderedBy(1)).toBe(40)
  })

  it('gives a new row in the place of a gone one no past', () => {
    const { builder, view, ids, orderedBy } = started([1000, 500])
    view.apply(builder.delta({ changed: [row(1, 0)] }), 1000)
    view.apply(builder.delta({ removed: [1] }), 2000)
    view.apply(builder.delta({ added: [row(9, 3)] }), 3000)
    expect([ids(), orderedBy(9)]).toEqual([[2, 9], 3])
  })

  it.each([1, 2, 3])('stays in order by what it is ordered by, each row once, seed %i', (seed) => {
    const churn = new Churn(seededRandom(seed))
    const view = new TableView({ highlightMs: 2000 })
    view.setSort({ column: 'sendRate', descending: true, further: [{ column: 'process', descending: false }] })
    view.apply(churn.full(300), 0)
    for (let step = 1; step <= 80; step += 1) {
      view.apply(churn.delta(60), step * 700)
      const keys = [...view.visible].map((slot) => view.sortKeyOf(slot))
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
      expect(new Set(view.visible).size).toBe(view.totals.rows + view.totals.closed)
    }
  })
})
