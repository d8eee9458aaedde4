/** Which rows belong to a process: one pass over a typed column, on demand. */
import type { ProcessIdentity } from '../../../src-shared/model/process.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'

export interface ProcessRows {
  /** Slots of the first few, in the order in which the rows came. */
  readonly slots: readonly number[]
  readonly count: number
}

export function rowsOfProcess(
  mirror: RowMirror,
  { pid, startToken }: ProcessIdentity,
  most: number,
  except: number | undefined,
): ProcessRows {
  const references = new Set<number>()
  for (const process of mirror.processes.values()) if (process.pid === pid && process.startToken === startToken) references.add(process.ref)
  const slots: number[] = []
  let count = 0
  if (references.size === 0) return { slots, count }
  for (const slot of mirror.liveSlots()) {
    if (slot === except || mirror.columns.owner[slot] === 0 || !mirror.ownersOf(slot).some((owner) => references.has(owner))) continue
    count += 1
    if (slots.length < most) slots.push(slot)
  }
  return { slots, count }
}
