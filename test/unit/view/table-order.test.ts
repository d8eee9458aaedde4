import { describe, expect, it } from 'vitest'
import type { ChangeSet } from '../../../src-shared/model/change-set.ts'
import type { AppliedSlots } from '../../../src-shared/model/row-mirror.ts'
import { TableView, type RowPredicate, type SortOrder } from '../../../src-renderer/view/table-view.ts'
import { Churn } from './churn.ts'
import { checkedColumns, fullSort } from './full-sort.ts'
import { seededRandom } from './random.ts'

const highlightMs = 2000

/** What the view shows, told from the mirror and the view's own marks by the slow and plain way. */
function expected(view: TableView, kept: ReadonlySet<number>, predicate?: RowPredicate, states?: ReadonlySet<number>): number[] {
  const shown = [...view.mirror.liveSlots(), ...kept].filter(
    (slot) => (predicate?.(view.mirror, slot) ?? true) && (states === undefined || states.has(view.mirror.columns.state[slot]!)),
  )
  return fullSort(view.mirror, shown, view.sort)
}

/** Closed rows on display by the time they closed, kept here as a second bookkeeping. */
class Closed {
  readonly #since = new Map<number, number>()
  add(slots: readonly number[], now: number): void {
    for (const slot of slots) this.#since.set(slot, now)
  }
  expire(now: number): void {
    for (const [slot, since] of this.#since) if (since + highlightMs <= now) this.#since.delete(slot)
  }
  clear(): void {
    this.#since.clear()
  }
  get slots(): ReadonlySet<number> {
    return new Set(this.#since.keys())
  }
}

const longRates: RowPredicate = ({ columns }, slot) => columns.sendRate[slot]! > 300_000
const named: RowPredicate = (mirror, slot) => mirror.ownerOf(slot)?.name?.toLowerCase().startsWith('n') === true
const predicates: readonly (RowPredicate | undefined)[] = [undefined, longRates, named]

function runChurn(seed: number, steps: number, rows: number, most: number): void {
  const random = seededRandom(seed)
  const churn = new Churn(random)
  const view = new TableView({ highlightMs })
  const closed = new Closed()
  let predicate: RowPredicate | undefined
  let states: ReadonlySet<number> | undefined
  let now = 0
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  take(view, churn.full(rows), now)
  for (let step = 0; step < steps; step += 1) {
    now += Math.floor(random() * 900)
    const event = random()
    if (event < 0.08) view.setSort(randomSort(random))
    else if (event < 0.14) {
      predicate = pick(predicates)
      view.setFilter(predicate)
    } else if (event < 0.18) {
      states = random() < 0.5 ? undefined : new Set([0, 1, 10])
      view.setStateFilter(states ?? new Set())
    } else if (event < 0.3) {
      view.expire(now)
      closed.expire(now)
    } else if (event < 0.32) {
      take(view, churn.full(Math.floor(random() * rows), random() < 0.5), now)
      closed.clear()
    } else {
      const { removed } = take(view, churn.delta(most), now)
      closed.expire(now)
      closed.add(removed, now)
    }
    expect([...view.visible], `step ${step} of seed ${seed}, sorted by ${view.sort.column}`).toEqual(
      expected(view, closed.slots, predicate, states),
    )
    checkCounts(view, closed.slots, predicate)
  }
}

/** Rates are ordered by an average (smoothed-rates.test.ts). */
const plainColumns = checkedColumns.filter((column) => column !== 'sendRate')

/** One to three columns, each once. */
function randomSort(random: () => number): SortOrder {
  const columns = new Set(
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => plainColumns[Math.floor(random() * plainColumns.length)]!),
  )
  const [first, ...further] = [...columns].map((column) => ({ column, descending: random() < 0.5 }))
  return { ...first!, further }
}

function take(view: TableView, set: ChangeSet, now: number): AppliedSlots {
  const outcome = view.apply(set, now)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.slots
}

function checkCounts(view: TableView, kept: ReadonlySet<number>, predicate: RowPredicate | undefined): void {
  const counts = Array.from({ length: 256 }, () => 0)
  for (const slot of view.mirror.liveSlots()) if (predicate?.(view.mirror, slot) ?? true) counts[view.mirror.columns.state[slot]!]! += 1
  expect([...view.stateCounts]).toEqual(counts)
  expect(view.totals).toEqual({
    rows: view.mirror.rowCount,
    closed: kept.size,
    matching: counts.reduce((sum, count) => sum + count, 0),
    shown: view.visibleCount,
  })
}

describe('the order of a table', () => {
  it.each([1, 2, 3, 4, 5, 6])('equals a full sort after each of 150 random changes, seed %i', (seed) => {
    runChurn(seed, 150, 120, 30)
  })

  it('equals a full sort where sets are large enough for the radix sort', () => {
    runChurn(77, 12, 5000, 4000)
  })

  it.each(checkedColumns)('by %s equals a full sort in both directions, small and large', (column) => {
    for (const rows of [300, 3000]) {
      const view = new TableView({ highlightMs })
      const churn = new Churn(seededRandom(rows))
      view.apply(churn.full(rows), 0)
      for (const descending of [true, false]) {
        view.setSort({ column, descending })
        expect([...view.visible]).toEqual(fullSort(view.mirror, [...view.mirror.liveSlots()], { column, descending }))
      }
    }
  })
})
