/**
 * The selected rows, the row with the keyboard focus, and the row a range began at: all of them connections, not line numbers.
 * Only rows on display are selected, because an action on rows that a filter hides would be an action on rows nobody sees.
 */
import type { TableView } from '../../view/table-view.ts'

interface Mark {
  readonly rowId: number
  readonly identity: string
  /** Where the row is for as long as it is there. */
  readonly slot: number
}

export class RowSelection {
  readonly #view: TableView
  #session: string | undefined
  /** By row id, in the order the rows were selected. */
  #selected = new Map<number, Mark>()
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
    return Array.from(this.#selected.values(), ({ identity }) => identity)
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

  /** Selects everything between the row at which the range began and this one, which comes last; `keep` adds to what is selected. */
  extendTo(index: number, keep = false): void {
    const start = this.#rangeStart === undefined ? index : this.#indexOf(this.#rangeStart)
    const from = start === -1 ? index : start
    this.focus(index)
    this.#rangeStart ??= this.#active
    if (!keep) this.#selected = new Map()
    const step = from < index ? 1 : -1
    for (let at = from; at !== index; at += step) this.#add(this.#markAt(at))
    this.#addActiveLast()
  }

  /** The row with the focus comes last here, too. */
  selectAll(): void {
    this.#selected = new Map()
    for (let at = 0; at < this.#view.visibleCount; at += 1) this.#add(this.#markAt(at))
    this.#addActiveLast()
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
    const changed = this.#selected.size > 0 && this.#followSelected(newSession)
    this.#active = this.#followed(this.#active, newSession)
    this.#rangeStart = this.#followed(this.#rangeStart, newSession)
    if (this.#active === undefined) this.focus(Math.min(this.#activeIndex, this.#view.visibleCount - 1))
    else this.#activeIndex = this.#indexOf(this.#active)
    return changed
  }

  /** Keeps the order in which the rows were selected. Everything may be selected: no more than a glance at each row that stays. */
  #followSelected(newSession: boolean): boolean {
    const missing = newSession ? [...this.#selected.values()] : this.#missing()
    if (missing.length === 0) return false
    const found = this.#foundByIdentity(new Set(missing.map(({ identity }) => identity)))
    if (found.size === 0) for (const { rowId } of missing) this.#selected.delete(rowId)
    else {
      const gone = new Set(missing)
      const marks = [...this.#selected.values()].flatMap((mark) => (gone.has(mark) ? (found.get(mark.identity) ?? []) : mark))
      this.#selected = new Map(marks.map((mark) => [mark.rowId, mark]))
    }
    return true
  }

  /** Selected rows that are not at their places on display any more. */
  #missing(): Mark[] {
    const { rowId: rowIds } = this.#view.mirror.columns
    const shown = new Uint8Array(rowIds.length)
    for (const slot of this.#view.visible) shown[slot] = 1
    const missing: Mark[] = []
    for (const mark of this.#selected.values()) {
      if (shown[mark.slot] !== 1 || rowIds[mark.slot] !== mark.rowId) missing.push(mark)
    }
    return missing
  }

  #foundByIdentity(identities: ReadonlySet<string>): Map<string, Mark> {
    const { identityLow } = this.#view.mirror.columns
    // The low half alone is cheap to compare; the text is made only where it fits.
    const lowHalves = new Set(Array.from(identities, (identity) => Number.parseInt(identity.slice(9), 16)))
    const found = new Map<string, Mark>()
    this.#view.visible.forEach((slot, index) => {
      if (!lowHalves.has(identityLow[slot] as number)) return
      const mark = this.#markAt(index)
      if (mark !== undefined && identities.has(mark.identity)) found.set(mark.identity, mark)
    })
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
    return { rowId: this.#view.mirror.columns.rowId[slot] as number, identity: this.#view.mirror.identityOf(slot), slot }
  }

  #addActiveLast(): void {
    if (this.#active === undefined) return
    this.#selected.delete(this.#active.rowId)
    this.#add(this.#active)
  }

  #add(mark: Mark | undefined): void {
    if (mark !== undefined) this.#selected.set(mark.rowId, mark)
  }
}
