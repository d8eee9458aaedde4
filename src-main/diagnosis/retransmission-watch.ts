/**
 * Connections that send again, each with its window. Only of those is anything kept, beside one number per row: most connections never
 * send anything again.
 */
import { absentCount } from '../../src-shared/model/columns.ts'
import type { ObservedTable } from './observed-table.ts'
import { RatioWindow, type Ratio } from './ratio-window.ts'

export interface WatchedRatio extends Ratio {
  /** Over the whole window, not only a part of it. */
  readonly isWhole: boolean
}

export class RetransmissionWatch {
  #windows = new Map<number, RatioWindow>()
  /** By slot. */
  #retransmits = new Uint32Array(0)
  #session: string | undefined

  /** Call once per look. */
  observe(table: ObservedTable, windowMs: number): void {
    const { mirror, live, now } = table
    const { columns } = mirror
    if (this.#session !== mirror.session || table.jumped) this.#windows = new Map()
    this.#session = mirror.session
    if (this.#retransmits.length < columns.retransmits.length) this.#enlarge(columns.retransmits.length)
    for (const slot of table.added) if (live[slot] === 1) this.#remember(table, slot)
    for (const slot of table.changed) if (live[slot] === 1) this.#notice(table, slot)
    for (const [rowId, window] of this.#windows) {
      const slot = mirror.slotOfRow(rowId)
      const counts = slot === undefined ? undefined : countsAt(table, slot)
      if (counts === undefined) this.#windows.delete(rowId)
      else {
        window.observe(now, counts, windowMs)
        if (window.added.again === 0 && window.isWhole(windowMs)) this.#windows.delete(rowId)
      }
    }
  }

  /** By slot, what each watched connection sent, and sent again. */
  watched(table: ObservedTable, windowMs: number): ReadonlyMap<number, WatchedRatio> {
    const ratios = new Map<number, WatchedRatio>()
    for (const [rowId, window] of this.#windows) {
      const slot = table.mirror.slotOfRow(rowId)
      if (slot !== undefined) ratios.set(slot, { ...window.added, isWhole: window.isWhole(windowMs) })
    }
    return ratios
  }

  #remember({ mirror }: ObservedTable, slot: number): void {
    this.#retransmits[slot] = mirror.columns.retransmits[slot] as number
  }

  /** A connection that sent again since the last look is watched from here on. */
  #notice(table: ObservedTable, slot: number): void {
    const { rowId, retransmits } = table.mirror.columns
    const before = this.#retransmits[slot] as number
    const again = retransmits[slot] as number
    this.#retransmits[slot] = again
    const isMore = before !== absentCount && again !== absentCount && again > before
    if (isMore && !this.#windows.has(rowId[slot] as number)) this.#windows.set(rowId[slot] as number, new RatioWindow())
  }

  #enlarge(length: number): void {
    const next = new Uint32Array(length)
    next.set(this.#retransmits)
    this.#retransmits = next
  }
}

function countsAt({ mirror: { columns } }: ObservedTable, slot: number): Ratio | undefined {
  const sent = columns.segmentsSent[slot] as number
  const again = columns.retransmits[slot] as number
  return sent === absentCount || again === absentCount ? undefined : { sent, again }
}
