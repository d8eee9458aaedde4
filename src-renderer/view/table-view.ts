import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import type { ApplyOutcome, RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { SortOrder } from './column-id.ts'

export type { ColumnId, SortOrder } from './column-id.ts'
export type Highlight = 'none' | 'new' | 'changed' | 'closed'
/** True for rows to show; the filter language (src-shared/query) makes these. */
export type RowPredicate = (mirror: RowMirror, slot: number) => boolean

export interface TableViewOptions {
  readonly highlightMs: number
  /** Milliseconds that closed rows stay; `highlightMs` when left out. */
  readonly keepClosedMs?: number
}

export interface TableTotals {
  /** Rows in the table now, without closed ones. */
  readonly rows: number
  /** Closed rows that are still on screen. */
  readonly closed: number
  /** Rows that pass the filter, regardless of the state filter; without closed ones. */
  readonly matching: number
  /** Rows on display, closed ones included: visibleCount. */
  readonly shown: number
}

export declare class TableView {
  constructor(options: TableViewOptions)
  readonly mirror: RowMirror
  get visible(): Int32Array
  get visibleCount(): number
  get stateCounts(): Uint32Array
  get totals(): TableTotals
  get sort(): SortOrder
  apply(set: ChangeSet, nowMs: number): ApplyOutcome
  expire(nowMs: number): boolean
  nextExpiryAt(): number | undefined
  setHighlightMs(highlightMs: number): void
  setSort(order: SortOrder): void
  /** `timeDependent`: the answer may change without the row changing (age:, is:new): asked again for every row once per set. */
  setFilter(predicate: RowPredicate | undefined, options?: { readonly timeDependent?: boolean }): void
  setStateFilter(states: ReadonlySet<number>): void
  indexOf(slot: number): number
  slotOfIdentity(identity: string): number | undefined
  /** Also finds a closed row that is still on screen. */
  slotOfRow(rowId: number): number | undefined
  highlightOf(slot: number): Highlight
}
