/**
 * Bytes per second of each row, from counters that only grow. Measured between looks that lie far enough apart: one asked for right
 * after another would else make a flow look like a standstill or a burst, and its packets are counted in at the next that measures.
 */
import { enlarged } from './capacity.ts'
import { flagCounters, recordWord, recordWords } from './row-record.ts'

/** Below, a few packets more or less decide. */
const shortestMs = 250
const two32 = 4_294_967_296
const { flags, receivedLow, sentLow, receiveRate, sendRate } = recordWord

export class RateMeter {
  /** By slot: bytes received and sent at the last measurement, NaN where they were not told. */
  #counted = new Float64Array(0)
  #measuredAt: number | undefined
  #now = 0
  /** Seconds since the last measurement; 0 when this look makes none. */
  #seconds = 0

  reserve(capacity: number): void {
    this.#counted = enlarged(this.#counted, new Float64Array(capacity * 2))
  }

  /** `now`: milliseconds of a steady clock; one that is set back or forth would make rates of its own. */
  begin(now: number): void {
    const elapsedMs = this.#measuredAt === undefined ? 0 : now - this.#measuredAt
    this.#now = now
    this.#seconds = elapsedMs >= shortestMs ? elapsedMs / 1000 : 0
  }

  /** The look succeeded; one that failed does not count. */
  finish(): void {
    if (this.#measuredAt === undefined || this.#seconds > 0) this.#measuredAt = this.#now
  }

  /** A row that was not there before. */
  start(slot: number, scratch: Uint32Array): void {
    this.#counted[slot * 2] = countOf(scratch, receivedLow)
    this.#counted[slot * 2 + 1] = countOf(scratch, sentLow)
  }

  /** Writes the rates of a row; tells whether they changed. */
  measure(slot: number, scratch: Uint32Array, floats: Float32Array): boolean {
    if (this.#seconds === 0) return false
    const base = slot * recordWords
    const received = this.#rate(slot * 2, countOf(scratch, receivedLow))
    const sent = this.#rate(slot * 2 + 1, countOf(scratch, sentLow))
    if (floats[base + receiveRate] === received && floats[base + sendRate] === sent) return false
    floats[base + receiveRate] = received
    floats[base + sendRate] = sent
    return true
  }

  /** The first count of a connection is not an increase; a counter that goes back is no flow. */
  #rate(at: number, count: number): number {
    const bytes = count - (this.#counted[at] as number)
    this.#counted[at] = count
    return bytes > 0 ? Math.fround(bytes / this.#seconds) : 0
  }
}

/** A counter's low word, its high word behind it. */
function countOf(scratch: Uint32Array, low: number): number {
  if (((scratch[flags] as number) & flagCounters) === 0) return Number.NaN
  return (scratch[low] as number) + (scratch[low + 1] as number) * two32
}
