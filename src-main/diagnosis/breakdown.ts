import type { Breakdown } from '../../src-shared/contract/diagnosis.ts'

/** Longer lists are not read. */
const maximumParts = 8

/** What tells parts apart; undefined leaves the row out. */
export type PartKey = number | string | undefined

interface Part {
  readonly slot: number
  rows: number
}

/**
 * How many of `slots` are in which part, most first. `keyOf` tells parts apart and is asked for every row, `labelOf` only for one row
 * of each part that is listed: of a hundred thousand rows it must not make as many texts.
 */
export function breakdown(
  by: Breakdown['by'],
  slots: readonly number[],
  keyOf: (slot: number) => PartKey,
  labelOf: (slot: number) => string,
): Breakdown {
  const parts = new Map<number | string, Part>()
  let rows = 0
  for (const slot of slots) {
    const key = keyOf(slot)
    if (key === undefined) continue
    rows += 1
    const part = parts.get(key)
    if (part === undefined) parts.set(key, { slot, rows: 1 })
    else part.rows += 1
  }
  const largest = largestParts(parts.values())
  const listed = largest.reduce((sum, part) => sum + part.rows, 0)
  return { by, parts: largest.map((part) => ({ label: labelOf(part.slot), rows: part.rows })), others: rows - listed }
}

/** Without sorting all of them: the sources of a flood are as many as its rows. */
function largestParts(parts: Iterable<Part>): readonly Part[] {
  const largest: Part[] = []
  for (const part of parts) {
    const last = largest.at(-1)
    if (largest.length === maximumParts && last !== undefined && last.rows >= part.rows) continue
    const at = largest.findIndex(({ rows }) => rows < part.rows)
    largest.splice(at === -1 ? largest.length : at, 0, part)
    if (largest.length > maximumParts) largest.pop()
  }
  return largest
}
