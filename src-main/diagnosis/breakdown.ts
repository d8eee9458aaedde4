import type { Breakdown } from '../../src-shared/contract/diagnosis.ts'

/** Longer lists are not read. */
const maximumParts = 8

/** How many of `slots` have which label, most first; slots without a label are left out. */
export function breakdown(by: Breakdown['by'], slots: readonly number[], labelOf: (slot: number) => string | undefined): Breakdown {
  const counts = new Map<string, number>()
  for (const slot of slots) {
    const label = labelOf(slot)
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const parts = [...counts].map(([label, rows]) => ({ label, rows })).toSorted((left, right) => right.rows - left.rows)
  const others = parts.slice(maximumParts).reduce((sum, { rows }) => sum + rows, 0)
  return { by, parts: parts.slice(0, maximumParts), others }
}
