/** Time and memory of one decoder over the same rows again and again. */
import { median } from '../engine/figures.ts'

export interface DecoderCase {
  readonly name: string
  /** True for decoders of bytes, which promise not to make an object per row. */
  readonly binary: boolean
  /** Makes the input; returns what reads it once and tells the rows it found. */
  readonly prepare: (rows: number) => () => number
}

export interface DecoderFigures {
  readonly name: string
  readonly binary: boolean
  readonly rowsPerMs: number
  readonly bytesPerRow: number
}

/** A million rows: by then the engine has settled on its final machine code. */
const warmUpRounds = 10

/** Throws when a decoder does not find every row: its speed would mean nothing. */
export function measure({ name, binary, prepare }: DecoderCase, rows: number, rounds: number): DecoderFigures {
  const read = prepare(rows)
  const readAll = (): void => {
    const found = read()
    if (found !== rows) throw new Error(`${name}: ${found} of ${rows} rows`)
  }
  for (let round = 0; round < warmUpRounds; round += 1) readAll()
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    readAll()
    return performance.now() - startedAt
  })
  const growth = Array.from({ length: rounds }, () => heapGrowth(readAll))
  return { name, binary, rowsPerMs: rows / median(times), bytesPerRow: Math.max(0, median(growth)) / rows }
}

/** Needs a young generation that no collection has to empty meanwhile (run.ts sees to it). */
function heapGrowth(work: () => void): number {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  work()
  return process.memoryUsage().heapUsed - before
}
