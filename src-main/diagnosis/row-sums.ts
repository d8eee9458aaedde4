/** Sums and means over rows, of what is told of them. */
import { absentCount } from '../../src-shared/model/columns.ts'

/** Undefined when the count is told of none of `slots`. */
export function sumOf(column: Uint32Array, slots: readonly number[]): number | undefined {
  let sum: number | undefined
  for (const slot of slots) {
    const count = column[slot] as number
    if (count !== absentCount) sum = (sum ?? 0) + count
  }
  return sum
}

/** Undefined when the value is told of none of `slots`. */
export function meanOf(column: Float32Array, slots: readonly number[]): number | undefined {
  let sum = 0
  let told = 0
  for (const slot of slots) {
    const value = column[slot] as number
    if (Number.isNaN(value)) continue
    sum += value
    told += 1
  }
  return told === 0 ? undefined : sum / told
}
