import { describe, expect, it } from 'vitest'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'
import { Churn } from './churn.ts'
import { fullSort } from './full-sort.ts'
import { seededRandom } from './random.ts'

const sort = { column: 'sent', descending: true } as const
const row = (id: number, sentBytes: number): RowInput & { id: number } => ({ id, sentBytes, local: `127.0.0.1:${id}` })

function started() {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 1000 })
  view.setSort(sort)
  view.apply(builder.full([row(1, 30), row(2, 20), row(3, 10)]), 0)
  view.setKeepSorted(false)
  const ids = (): number[] => [...view.visible].map((slot) => view.mirror.columns.rowId[slot]!)
  return { builder, view, ids }
}

describe('a table that is not kept sorted', () => {
  it('leaves changed rows where they are and puts new ones at the end, in order among themselves', () => {
    const { builder, view, ids } = started()
    view.apply(builder.delta({ added: [row(4, 99), row(5, 100)], changed: [row(3, 1000)] }), 10)
    expect(ids()).toEqual([1, 2, 3, 5, 4])
  })

  it('keeps a closed row at its place until its colour ends, then closes the gap', () => {
    const { builder, view, ids } = started()
    view.apply(builder.delta({ removed: [2], added: [row(4, 99)] }), 10)
    expect(ids()).toEqual([1, 2, 3, 4])
    view.expire(1010)
    expect(ids()).toEqual([1, 3, 4])
  })

  it('sorts all rows when the person sorts, and then keeps those places', () => {
    const { builder, view, ids } = started()
    view.apply(builder.delta({ changed: [row(3, 1000)] }), 10)
    view.setSort({ column: 'sent', descending: false })
    expect(ids()).toEqual([2, 1, 3])
    view.apply(builder.delta({ changed: [row(2, 5000)] }), 20)
    expect(ids()).toEqual([2, 1, 3])
  })

  it('sorts all rows when the person chooses the present order once more', () => {
    const { builder, view, ids } = started()
    view.apply(builder.delta({ changed: [row(3, 1000)], added: [row(4, 25)] }), 10)
    view.setSort({ ...sort })
    expect(ids()).toEqual([3, 1, 4, 2])
  })

  it('sorts all rows once it is kept sorted again', () => {
    const { builder, view, ids } = started()
    view.apply(builder.delta({ changed: [row(3, 1000)], added: [row(4, 25)] }), 10)
    view.setKeepSorted(true)
    expect(ids()).toEqual([3, 1, 4, 2])
    view.apply(builder.delta({ changed: [row(2, 5000)] }), 20)
    expect(ids()).toEqual([2, 3, 1, 4])
  })

  it('does not move rows for names that arrive late', () => {
    const { view, ids } = started()
    view.setSort({ column: 'host', descending: false })
    const before = ids()
    view.reconsider()
    expect(ids()).toEqual(before)
  })

  it.each([1, 2, 3])('never changes the order of two rows that stay, whatever comes and goes, seed %i', (seed) => {
    const churn = new Churn(seededRandom(seed))
    const view = new TableView({ highlightMs: 1000 })
    view.setSort({ column: 'process', descending: false })
    view.apply(churn.full(200), 0)
    view.setKeepSorted(false)
    for (let step = 1; step <= 60; step += 1) {
      const before = [...view.visible].map((slot) => view.mirror.columns.rowId[slot]!)
      view.apply(churn.delta(40), step * 400)
      const after = [...view.visible].map((slot) => view.mirror.columns.rowId[slot]!)
      const stayed = new Set(after)
      const kept = before.filter((id) => stayed.has(id))
      expect(after.slice(0, kept.length)).toEqual(kept)
      expect(new Set(after).size).toBe(after.length)
      expect(after.length).toBe(view.totals.rows + view.totals.closed)
    }
    view.expire(1e9)
    view.setKeepSorted(true)
    expect([...view.visible]).toEqual(fullSort(view.mirror, [...view.mirror.liveSlots()], view.sort))
  })
})
