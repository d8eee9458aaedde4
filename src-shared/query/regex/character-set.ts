import type { CharacterSet } from './regex-node.ts'

type Ranges = CharacterSet['ranges']

export const digitRanges: Ranges = [[0x30, 0x39]]
export const wordRanges: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
/** What `\s` means in ECMAScript. */
export const spaceRanges: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]
export const lineEndRanges: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]

const lastUnit = 0xffff

export function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = []
  let next = 0
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (first > next) result.push([next, first - 1])
    next = Math.max(next, last + 1)
  }
  if (next <= lastUnit) result.push([next, lastUnit])
  return result
}

export function setContains(set: CharacterSet, unit: number, ignoreCase: boolean): boolean {
  let inside = inRanges(set.ranges, unit)
  if (!inside && ignoreCase) {
    const text = String.fromCharCode(unit)
    inside = inRanges(set.ranges, foldedUnit(unit, text.toLowerCase())) || inRanges(set.ranges, foldedUnit(unit, text.toUpperCase()))
  }
  return inside !== set.negated
}

export function isWordUnit(unit: number): boolean {
  return inRanges(wordRanges, unit)
}

/** A letter whose other case is several units long, or ASCII for a letter that is not, stands for itself only (as in ECMAScript). */
function foldedUnit(unit: number, folded: string): number {
  const other = folded.charCodeAt(0)
  return folded.length === 1 && !(unit > 0x7f && other <= 0x7f) ? other : unit
}

function inRanges(ranges: Ranges, unit: number): boolean {
  for (const range of ranges) if (unit >= range[0] && unit <= range[1]) return true
  return false
}
