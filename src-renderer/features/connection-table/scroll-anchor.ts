/**
 * Keeps the rows a person looks at where they are while rows come and go above them. Remembers what was on screen, and tells after
 * a change how far the table must be scrolled for it to stay there.
 */
import type { TableView } from '../../view/table-view.ts'
import { screenRange, type Screen } from './row-geometry.ts'

interface Seen {
  readonly rowId: number
  readonly index: number
}

/** Rows on either side that tell whether a row stayed in its company. */
const neighbours = 3

export class ScrollAnchor {
  readonly #view: TableView
  #session: string | undefined
  #seen: readonly Seen[] = []
  #active: Seen | undefined
  #atTop = true

  constructor(view: TableView) {
    this.#view = view
  }

  /** To be called whenever rows were painted. `activeIndex`: the row with the focus, -1 for none. */
  remember(screen: Screen, activeIndex: number): void {
    const { first, end } = screenRange(screen, this.#view.visibleCount)
    const { rowId } = this.#view.mirror.columns
    this.#session = this.#view.mirror.session
    this.#atTop = screen.top < screen.rowHeight / 2
    this.#seen = Array.from({ length: Math.max(0, end - first) }, (_, offset) => ({
      rowId: rowId[this.#view.visible[first + offset] as number] as number,
      index: first + offset,
    }))
    this.#active = activeIndex >= first && activeIndex < end ? this.#seen[activeIndex - first] : undefined
  }

  /**
   * Rows by which the table must be scrolled down for the row under the pointer to stay there; undefined when there is none or it left
   * its neighbours: a row that its own figures carry off should not drag the screen along.
   */
  shiftOfPointed(index: number): number | undefined {
    const place = this.#seen.findIndex((seen) => seen.index === index)
    const pointed = this.#seen[place]
    if (pointed === undefined || this.#session !== this.#view.mirror.session) return undefined
    const move = this.#moveOf(pointed)
    if (move === undefined) return undefined
    let inOrder = 0
    let known = 0
    for (const neighbour of this.#seen.slice(Math.max(0, place - neighbours), place + neighbours + 1)) {
      const itsMove = neighbour === pointed ? undefined : this.#moveOf(neighbour)
      if (itsMove === undefined) continue
      known += 1
      if (neighbour.index + itsMove < index + move === neighbour.index < index) inOrder += 1
    }
    return inOrder * 2 > known || known === 0 ? move : undefined
  }

  /**
   * Rows by which the table must be scrolled down. The row with the focus, when it was on screen, stays exactly where it was. Else
   * it is the topmost row that did not leap: one that moved about as far as most rows on screen did. When rows are inserted above, all
   * move alike; when a counter reshuffles them, none of them alone should drag the screen away. A person who has not left the top
   * wants to see what comes in there.
   */
  shift(): number {
    if (this.#session !== this.#view.mirror.session) return 0
    const focused = this.#active === undefined ? undefined : this.#moveOf(this.#active)
    if (focused !== undefined) return focused
    if (this.#atTop) return 0
    const moves = this.#seen.flatMap((seen) => this.#moveOf(seen) ?? [])
    const usual = moves.toSorted((a, b) => a - b)[moves.length >> 1] ?? 0
    return moves.find((move) => Math.abs(move - usual) <= this.#seen.length) ?? usual
  }

  /** Whether the row with the focus was on screen. */
  get holdsActive(): boolean {
    return this.#active !== undefined
  }

  #moveOf({ rowId, index }: Seen): number | undefined {
    const slot = this.#view.slotOfRow(rowId)
    if (slot === undefined) return undefined
    // Most rows stay in place; looking there first spares a search through the whole table.
    if (this.#view.visible[index] === slot) return 0
    const now = this.#view.indexOf(slot)
    return now === -1 ? undefined : now - index
  }
}
