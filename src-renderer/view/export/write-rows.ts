import type { TableView } from '../table-view.ts'
import type { RowWriter } from './row-writer.ts'

export interface WrittenRows {
  /** To be joined; one piece per slice. */
  readonly pieces: readonly string[]
  readonly count: number
}

/** 5 to 10 ms of work with the usual columns: no key press and no frame waits longer. */
const rowsPerSlice = 1000

/**
 * Writes rows slice by slice, so that the window stays alive; `pause` lets it breathe in between. The table may change meanwhile: a row
 * that left it is written as it was last seen, or left out when another has its slot. Undefined when the engine began anew, after which the slots stand for other rows.
 */
export async function writeRows(
  view: TableView,
  slots: Int32Array,
  writer: RowWriter,
  pause: () => Promise<void>,
): Promise<WrittenRows | undefined> {
  const { session } = view.mirror
  const rowIds = Float64Array.from(slots, (slot) => view.mirror.columns.rowId[slot] as number)
  const pieces = [writer.head]
  let count = 0
  for (let start = 0; start < slots.length; start += rowsPerSlice) {
    if (start > 0) await pause()
    if (view.mirror.session !== session) return undefined
    let piece = ''
    for (let at = start; at < Math.min(start + rowsPerSlice, slots.length); at += 1) {
      const slot = slots[at] as number
      if (view.mirror.columns.rowId[slot] !== rowIds[at]) continue
      piece += (count === 0 ? '' : writer.between) + writer.row(slot)
      count += 1
    }
    pieces.push(piece)
  }
  return { pieces: [...pieces, writer.tail], count }
}
