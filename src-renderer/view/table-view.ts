/**
 * The table as a person sees it: the rows of a mirror in order, filtered, with closed rows kept for a while and fresh news coloured.
 * Pure: no clock, no timer, no DOM, nothing reactive. Whoever owns it passes the time in and repaints after each call that
 * changes something. Times are milliseconds of one clock that does not run backwards.
 */
import type { ChangeSet, ChangeSetHeader } from '../../src-shared/model/change-set.ts'
import { parseIdentity } from '../../src-shared/model/identity.ts'
import { identityKinds } from '../../src-shared/model/columns.ts'
import { RowMirror, type AppliedSlots, type ApplyOutcome } from '../../src-shared/model/row-mirror.ts'
import type { Highlight, RowPredicate } from '../../src-shared/query/index.ts'
import { ChangeMemory } from './change-memory.ts'
import type { SortOrder } from './column-id.ts'
import { DepartedProcesses } from './departed-processes.ts'
import { Highlights } from './highlights.ts'
import { identityPredicate } from './identity-predicate.ts'
import { RowFilter } from './row-filter.ts'
import { RowOrder } from './row-order.ts'

export type { ColumnId, SortOrder } from './column-id.ts'
export type { Highlight, RowPredicate } from '../../src-shared/query/index.ts'

export interface TableViewOptions {
  readonly highlightMs: number
  /** Milliseconds that closed rows stay; `highlightMs` when left out. */
  readonly keepClosedMs?: number
}

export interface TableTotals {
  /** Rows in the table now, without closed ones. */
  readonly rows: number
  /** Closed rows that are still kept. */
  readonly closed: number
  /** Rows that pass the filter, regardless of the state filter; without closed ones. */
  readonly matching: number
  /** Rows on display, closed ones included: visibleCount. */
  readonly shown: number
}

export const initialSort: SortOrder = { column: 'process', descending: false }

export class TableView {
  readonly mirror = new RowMirror()
  readonly #order = new RowOrder(this.mirror, initialSort)
  readonly #filter = new RowFilter(this.mirror)
  readonly #memory = new ChangeMemory(this.mirror)
  readonly #departed = new DepartedProcesses(this.mirror.processes)
  readonly #highlights: Highlights
  /** Rows with several owners, by slot: those that a change of any process may concern. */
  readonly #shared = new Set<number>()

  constructor({ highlightMs, keepClosedMs }: TableViewOptions) {
    this.#highlights = new Highlights(highlightMs, keepClosedMs)
  }

  /** Slots in display order. A new array after every call that changes something: do not keep it. */
  get visible(): Int32Array {
    return this.#filter.visible
  }

  get visibleCount(): number {
    return this.#filter.visible.length
  }

  /** By state code: live rows that pass the filter, regardless of the state filter. Code 0 counts the rows without a state. */
  get stateCounts(): Uint32Array {
    return this.#filter.stateCounts
  }

  get totals(): TableTotals {
    return {
      rows: this.mirror.rowCount,
      closed: this.#highlights.closedCount,
      matching: this.#filter.matching,
      shown: this.visibleCount,
    }
  }

  get sort(): SortOrder {
    return this.#order.sort
  }

  /** Takes a change set in. After a full set nothing is coloured: what the reader had seen before cannot be told. */
  apply(set: ChangeSet, nowMs: number): ApplyOutcome {
    const keepDeparted = this.#departed.beforeApply(set.header, nowMs)
    const outcome = this.mirror.apply(set)
    if (!outcome.ok) return outcome
    if (outcome.slots.reset) this.#fill(set.header)
    else {
      if (this.#highlights.keepClosedMs > 0) keepDeparted()
      this.#update(outcome.slots, set.header, nowMs)
    }
    return outcome
  }

  /** Ends colours and drops closed rows whose time is over. True when something on display may have changed. */
  expire(nowMs: number): boolean {
    const { count, dropped } = this.#highlights.expire(nowMs)
    if (dropped.length > 0) {
      this.#order.repair([], [], dropped)
      this.#release(dropped)
      this.#departed.forget(nowMs - this.#highlights.keepClosedMs)
    }
    if (count > 0 && this.#filter.timeDependent) this.#filter.evaluate(this.#order.slots)
    if (dropped.length > 0 || this.#filter.timeDependent) this.#project()
    return count > 0
  }

  /** When `expire` has something to do next; undefined when nothing is coloured. */
  nextExpiryAt(): number | undefined {
    return this.#highlights.nextExpiryAt()
  }

  setHighlightMs(highlightMs: number): void {
    this.#highlights.setHighlightMs(highlightMs)
  }

  /** Milliseconds that closed rows stay on top of their time; those on display, too. Call `expire` when it got shorter. */
  setLingerMs(lingerMs: number): void {
    this.#highlights.setLingerMs(lingerMs)
  }

  setSort(order: SortOrder): void {
    this.#order.setSort(order)
    this.#project()
  }

  /** False: rows that change keep their places and new ones go to the end, until `setSort` or a full set. */
  setKeepSorted(keepSorted: boolean): void {
    this.#order.setKeepSorted(keepSorted)
    this.#project()
  }

  /** `timeDependent`: the answer may change without the row changing (age:, is:new); then every row is asked once per change set. */
  setFilter(predicate: RowPredicate | undefined, { timeDependent = false }: { readonly timeDependent?: boolean } = {}): void {
    this.#filter.setPredicate(predicate, timeDependent)
    this.#filter.evaluate(this.#order.slots)
    this.#project()
  }

  /** Places and chooses all rows anew: what they are ordered or chosen by became known without a change of theirs. */
  reconsider(): void {
    this.#order.sortAgain()
    this.#filter.evaluate(this.#order.slots)
    this.#project()
  }

  /** Shows rows in these states only; an empty set shows all. Code 0 stands for rows without a state. */
  setStateFilter(states: ReadonlySet<number>): void {
    this.#filter.setStates(states)
    this.#project()
  }

  /** Place of a row among the visible ones; -1 when it is not visible. */
  indexOf(slot: number): number {
    return this.visible.indexOf(slot)
  }

  /** What a row is ordered by in the first place, as a number; smaller is earlier. Rates are smoothed ones. */
  sortKeyOf(slot: number): number {
    return this.#order.keyOf(slot)
  }

  /** A live row before a closed one; undefined when neither is known. */
  slotOfIdentity(identity: string): number | undefined {
    const wanted = parseIdentity(identity)
    if (wanted === undefined) return undefined
    const { identityLow, identityHigh, identityKind, rowId } = this.mirror.columns
    const kind = identityKinds.indexOf(wanted.kind)
    let closed: number | undefined
    for (
      let slot = identityLow.indexOf(wanted.low);
      slot !== -1 && slot < this.mirror.top;
      slot = identityLow.indexOf(wanted.low, slot + 1)
    ) {
      if (identityHigh[slot] !== wanted.high || identityKind[slot] !== kind) continue
      if (this.mirror.slotOfRow(rowId[slot] as number) === slot) return slot
      if (this.#highlights.isClosed(slot)) closed = slot
    }
    return closed
  }

  /** Those of these connections that are here, hidden ones included, in the order of the table. One pass however many are asked for. */
  slotsOfIdentities(identities: readonly string[]): number[] {
    const isAsked = identityPredicate(identities)
    const found = Array.from(this.#order.slots.filter((slot) => isAsked(this.mirror, slot)))
    const isClosed = (slot: number | undefined): boolean => slot !== undefined && this.#highlights.isClosed(slot)
    if (!found.some(isClosed)) return found
    // A closed connection may be here again as another row.
    const latest = new Map<string, number>()
    for (const slot of found) {
      const identity = this.mirror.identityOf(slot)
      if (!isClosed(slot) || !latest.has(identity)) latest.set(identity, slot)
    }
    return [...latest.values()]
  }

  /** The slot of a row, be it live or closed and still kept. */
  slotOfRow(rowId: number): number | undefined {
    const live = this.mirror.slotOfRow(rowId)
    if (live !== undefined) return live
    for (const slot of this.#highlights.closedSlots()) if (this.mirror.columns.rowId[slot] === rowId) return slot
    return undefined
  }

  highlightOf(slot: number): Highlight {
    return this.#highlights.of(slot)
  }

  /** A closed row that has been on display for a while and is drawn fainter until it goes. */
  isLeaving(slot: number): boolean {
    return this.#highlights.isLeaving(slot)
  }

  #fill(header: ChangeSetHeader): void {
    this.#highlights.clear()
    this.#departed.clear()
    this.#shared.clear()
    this.#rememberShared(header)
    this.#order.fill(this.mirror.liveSlots(), this.mirror.rowCount)
    this.#memory.remember(this.#order.slots)
    this.#filter.evaluate(this.#order.slots)
    this.#project()
  }

  #update({ added, changed, removed }: AppliedSlots, header: ChangeSetHeader, nowMs: number): void {
    const expired = this.#highlights.expire(nowMs).dropped
    const capacity = this.mirror.columns.rowId.length
    this.#memory.remember(added)
    this.#highlights.mark('new', added, nowMs, capacity)
    this.#highlights.mark('changed', this.#memory.telling(changed), nowMs, capacity)
    this.#highlights.mark('closed', removed, nowMs, capacity)
    const dropped = this.#highlights.keepClosedMs > 0 ? [...expired] : [...expired, ...removed]
    this.#rememberShared(header)
    const retold = this.#rowsOfProcesses(header)

    const drifting = this.#order.stepRates(changed, nowMs)
    this.#order.repair(added, retold.length + drifting.length === 0 ? changed : [...changed, ...retold, ...drifting], dropped)
    if (this.#filter.timeDependent) this.#filter.evaluate(this.#order.slots)
    else for (const slots of [added, changed, retold, removed]) this.#filter.evaluate(slots)
    this.#release(dropped)
    this.#departed.forget(nowMs - this.#highlights.keepClosedMs)
    this.#project()
  }

  #rememberShared(header: ChangeSetHeader): void {
    for (const [rowId] of header.sharedRows) {
      const slot = rowId === undefined ? undefined : this.mirror.slotOfRow(rowId)
      if (slot !== undefined) this.#shared.add(slot)
    }
  }

  /** Rows whose owners were told anew: a name that arrived late or changed changes their text, their place and the filter's answer. */
  #rowsOfProcesses({ processes }: ChangeSetHeader): readonly number[] {
    if (processes.length === 0) return []
    const told = new Set(processes.map((process) => process.ref))
    const { owner } = this.mirror.columns
    const rows: number[] = []
    for (const slot of this.#order.slots) if (told.has(owner[slot] as number)) rows.push(slot)
    for (const slot of this.#shared) if (this.mirror.ownersOf(slot).some((reference) => told.has(reference))) rows.push(slot)
    return rows
  }

  #release(slots: Iterable<number>): void {
    for (const slot of slots) {
      this.#shared.delete(slot)
      this.mirror.release(slot)
    }
  }

  #project(): void {
    this.#filter.project(this.#order.slots, (slot) => this.#highlights.isClosed(slot))
  }
}
