/**
 * What came and what closed since a person asked last. Looks at all rows, and only when asked: a table that tells news by itself would
 * never be silent.
 */
import type { TableView } from './table-view.ts'

export interface News {
  /** Live rows on display. */
  readonly shown: number
  /** Live rows, those that filters hide included. */
  readonly rows: number
  /** Undefined the first time and after the engine started anew: there is nothing to compare with. */
  readonly since?: {
    /** Of the rows on display, those that were not there last time. */
    readonly added: number
    /** Rows that were on display last time and are not there any more. */
    readonly closed: number
    /** Programs of the added rows, those with the most rows first; a row without a known one counts for none. */
    readonly programs: readonly { readonly name: string; readonly rows: number }[]
    /** Unix milliseconds: when the table was asked last. */
    readonly askedAt: number
  }
}

export class NewsMemory {
  #session: string | undefined
  #askedAt = 0
  /** Ids of all live rows at the last question. */
  #known = new Set<number>()
  /** Ids of the live rows that were on display then. */
  #seen = new Set<number>()

  /** `nowMs`: Unix milliseconds. Remembers the rows for the next question. */
  tell(view: TableView, nowMs: number): News {
    const { mirror } = view
    const shown = liveRows(view)
    const first = this.#session === undefined || this.#session !== mirror.session
    const news: News = {
      shown: shown.size,
      rows: mirror.rowCount,
      ...(first ? {} : { since: { ...this.#compare(view, shown), askedAt: this.#askedAt } }),
    }
    this.#session = mirror.session
    this.#askedAt = nowMs
    this.#seen = new Set(shown.keys())
    this.#known = new Set()
    for (const slot of mirror.liveSlots()) this.#known.add(mirror.columns.rowId[slot] as number)
    return news
  }

  #compare({ mirror }: TableView, shown: ReadonlyMap<number, number>): Omit<NonNullable<News['since']>, 'askedAt'> {
    const rowsOf = new Map<string, number>()
    let added = 0
    for (const [rowId, slot] of shown) {
      if (this.#known.has(rowId)) continue
      added += 1
      const name = mirror.ownerOf(slot)?.name
      if (name !== undefined) rowsOf.set(name, (rowsOf.get(name) ?? 0) + 1)
    }
    let closed = 0
    for (const rowId of this.#seen) if (mirror.slotOfRow(rowId) === undefined) closed += 1
    const programs = [...rowsOf].map(([name, rows]) => ({ name, rows })).toSorted((one, other) => other.rows - one.rows)
    return { added, closed, programs }
  }
}

/** Slots of the live rows on display, by row id. Closed rows that are still kept are none. */
function liveRows({ mirror, visible }: TableView): Map<number, number> {
  const live = new Map<number, number>()
  for (const slot of visible) {
    const rowId = mirror.columns.rowId[slot] as number
    if (mirror.slotOfRow(rowId) === slot) live.set(rowId, slot)
  }
  return live
}
