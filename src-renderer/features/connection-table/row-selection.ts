/**
 * The selected rows, the row with the keyboard focus, and the row a range began at: all of them connections, not line numbers.
 * Only rows on display are selected, because an action on rows that a filter hides would be an action on rows nobody sees.
 */
import type { TableView } from '../../view/table-view.ts'

interface Mark {
  readonly rowId: number
  readonly identity: string
}

export class RowSelection {
  readonly #view: TableView
  #session: string | undefined
  /** Identities by row id. */
  #selected = new Map<number, string>()
  #active: Mark | undefined
  #activeIndex = -1
  #rangeStart: Mark | undefined

  constructor(view: TableView) {
    this.#view = view
    this.#session = view.mirror.session
  }

  get size(): number {
    return this.#selected.size
  }

  /** Place of the row with the focus among the visible ones; -1 for none. As of the last `follow` or change. */
  get activeIndex(): number {
    return this.#activeIndex
  }

  get activeRowId(): number | undefined {
    return this.#active?.rowId
  }

  has(rowId: number): boolean {
    return this.#selected.has(rowId)
  }

  /** In the order the rows were selected. */
  identities(): string[] {
    return [...this.#selected.values()]
  }

  /** Selected slots in display order. */
  slots(): number[] {
    const { rowId } = this.#view.mirror.columns
    return [...this.#view.visible].filter((slot) => this.#selected.has(rowId[slot] as number))
  }

  /** Gives a row the focus without selecting it. */
  focus(index: number): void {
    this.#active = this.#markAt(index)
    this.#activeIndex = this.#active === undefined ? -1 : index
  }

  /** Selects one row alone. */
  selectOnly(index: number): void {
    this.focus(index)
    this.#rangeStart = this.#active
    this.#selected = new Map()
    this.#add(this.#active)
  }

  toggle(index: number): void {
    this.focus(index)
    this.#rangeStart = this.#active
    if (this.#active === undefined) return
    if (!this.#selected.delete(this.#active.rowId)) this.#add(this.#active)
  }

  /** Selects everything between the row at which the range began and this one; `keep` adds to what is selected. */
  extendTo(index: number, keep = false): void {
    const start = this.#rangeStart === undefined ? index : this.#indexOf(this.#rangeStart)
    const from = start === -1 ? index : start
    this.focus(index)
    this.#rangeStart ??= this.#active
    if (!keep) this.#selected = new Map()
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) this.#add(this.#markAt(at))
  }

  selectAll(): void {
    this.#selected = new Map()
    for (let at = 0; at < this.#view.visibleCount; at += 1) this.#add(this.#markAt(at))
  }

  clear(): void {
    this.#selected = new Map()
  }

  /**
   * After the view changed: finds its rows again, by identity where row ids are of no use (another engine session, a connection that
   * closed and came back), and lets go of those that are no longer on display. True when the selection changed.
   */
  follow(): boolean {
    const newSession = this.#session !== this.#view.mirror.session
    this.#session = this.#view.mirror.session
    const before = this.#selected
    if (before.size > 0) this.#selected = this.#found(newSession ? new Map() : before, new Set(before.values()))
    this.#active = this.#followed(this.#active, newSession)
    this.#rangeStart = this.#followed(this.#rangeStart, newSession)
    if (this.#active === undefined) this.focus(Math.min(this.#activeIndex, this.#view.visibleCount - 1))
    else this.#activeIndex = this.#indexOf(this.#active)
    return before.size !== this.#selected.size || [...this.#selected.keys()].some((rowId) => !before.has(rowId))
  }

  /** Visible rows known by id or, for those not found by it, by identity. */
  #found(byRowId: ReadonlyMap<number, string>, identities: Set<string>): Map<number, string> {
    const found = new Map<number, string>()
    const { rowId, identityLow } = this.#view.mirror.columns
    for (const slot of this.#view.visible) {
      const identity = byRowId.get(rowId[slot] as number)
      if (identity === undefined) continue
      found.set(rowId[slot] as number, identity)
      identities.delete(identity)
    }
    if (identities.size === 0) return found
    // The low half alone is cheap to compare; the text is made only where it fits.
    const lowHalves = new Set([...identities].map((identity) => Number.parseInt(identity.slice(9), 16)))
    for (const slot of this.#view.visible) {
      if (!lowHalves.has(identityLow[slot] as number)) continue
      const identity = this.#view.mirror.identityOf(slot)
      if (identities.has(identity)) found.set(rowId[slot] as number, identity)
    }
    return found
  }

  #followed(mark: Mark | undefined, newSession: boolean): Mark | undefined {
    if (mark === undefined) return undefined
    if (!newSession && this.#indexOf(mark) !== -1) return mark
    const slot = this.#view.slotOfIdentity(mark.identity)
    const index = slot === undefined ? -1 : this.#view.indexOf(slot)
    return index === -1 ? undefined : this.#markAt(index)
  }

  #indexOf({ rowId }: Mark): number {
    const slot = this.#view.slotOfRow(rowId)
    return slot === undefined ? -1 : this.#view.indexOf(slot)
  }

  #markAt(index: number): Mark | undefined {
    const slot = this.#view.visible[index]
    if (slot === undefined) return undefined
    return { rowId: this.#view.mirror.columns.rowId[slot] as number, identity: this.#view.mirror.identityOf(slot) }
  }

  #add(mark: Mark | undefined): void {
    if (mark !== undefined) this.#selected.set(mark.rowId, mark.identity)
  }
}
