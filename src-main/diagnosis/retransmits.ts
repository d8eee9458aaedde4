import { absentCount } from '../../src-shared/model/columns.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'

/** Segments sent again by all of `slots` together; undefined when that is told of none of them. */
export function totalRetransmits({ columns }: RowMirror, slots: readonly number[]): number | undefined {
  let total: number | undefined
  for (const slot of slots) {
    const retransmits = columns.retransmits[slot] as number
    if (retransmits !== absentCount) total = (total ?? 0) + retransmits
  }
  return total
}
