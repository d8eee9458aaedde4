/** The other end of a connection, where that is on this machine too: the row with both endpoints swapped. */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { localKey, remoteKey } from './endpoint-key.ts'

/** Of each of `slots` that has its other end among `others`: the slot of that. */
export function twinsOf({ columns }: RowMirror, slots: readonly number[], others: readonly number[]): readonly number[] {
  if (slots.length === 0 || others.length === 0) return []
  const wanted = new Set(slots.map((slot) => `${localKey(columns, slot)} ${remoteKey(columns, slot)}`))
  return others.filter((slot) => wanted.has(`${remoteKey(columns, slot)} ${localKey(columns, slot)}`))
}
