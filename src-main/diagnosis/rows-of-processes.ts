import type { ObservedTable } from './observed-table.ts'

/** How many rows each process (by reference) is the first owner of. One pass over one column. */
export function rowsOfProcesses({ mirror, live }: ObservedTable): Map<number, number> {
  const { owner } = mirror.columns
  const counts = new Map<number, number>()
  for (let slot = 0; slot < mirror.top; slot += 1) {
    const reference = owner[slot] as number
    if (reference !== 0 && live[slot] === 1) counts.set(reference, (counts.get(reference) ?? 0) + 1)
  }
  return counts
}
