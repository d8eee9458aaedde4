/**
 * What rows are ordered by when that is a rate: an exponential moving average, so that a row that pauses for a look does not fall
 * through the table and climb back. The cells show the plain rate. Starts from the plain rates each time somebody sorts by them.
 * Times are milliseconds of a clock that does not run backwards.
 */
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { grown } from './grown.ts'

export type RateColumn = 'receiveRate' | 'sendRate'

/** After this long an average has taken up 63 % of a jump. */
const timeConstantMs = 3000
/** Between the first two looks, when no time has been measured yet. */
const assumedIntervalMs = 1000
/**
 * Looks after which the average of a row that no longer changes is the rate itself. A row at rest sends no further changes that would
 * move its average; to walk all of them for longer would cost more than the changes do.
 */
const followedLooks = 1

export class SmoothedRates {
  readonly #mirror: RowMirror
  readonly #column: RateColumn
  /** By slot. */
  #average = new Float32Array(0)
  /** Look at which the row changed last; 0 for none. By slot. */
  #changedAt = new Uint32Array(0)
  /** Rows whose average is not their rate. */
  #settling: number[] = []
  #look = 0
  #steppedAt: number | undefined

  constructor(mirror: RowMirror, column: RateColumn) {
    this.#mirror = mirror
    this.#column = column
  }

  of(slot: number): number {
    return this.#average[slot] ?? Number.NaN
  }

  /** Takes the plain rates of rows that have no past. */
  begin(slots: Iterable<number>): void {
    const rates = this.#rates()
    for (const slot of slots) {
      this.#average[slot] = rates[slot] as number
      this.#changedAt[slot] = 0
    }
  }

  /** Moves the averages of the rows that changed, and of those that did lately: these are returned, for they may have to move. */
  step(changed: readonly number[], nowMs: number): readonly number[] {
    const elapsedMs = this.#steppedAt === undefined ? assumedIntervalMs : nowMs - this.#steppedAt
    const share = 1 - Math.exp(-elapsedMs / timeConstantMs)
    const rates = this.#rates()
    const followed: number[] = []
    const settling: number[] = []
    this.#steppedAt = nowMs
    this.#look += 1
    for (const slot of changed) {
      if (this.#changedAt[slot] === this.#look) continue
      this.#changedAt[slot] = this.#look
      if (this.#approach(slot, rates[slot] as number, share)) settling.push(slot)
    }
    for (const slot of this.#settling) {
      const since = this.#changedAt[slot] as number
      if (since === 0 || since === this.#look) continue
      followed.push(slot)
      const unfinished = this.#approach(slot, rates[slot] as number, this.#look - since < followedLooks ? share : 1)
      if (unfinished) settling.push(slot)
    }
    this.#settling = settling
    return followed
  }

  /** Their slots may be given to other rows. */
  forget(slots: Iterable<number>): void {
    for (const slot of slots) this.#changedAt[slot] = 0
  }

  /** True when the average is not there yet. */
  #approach(slot: number, rate: number, share: number): boolean {
    const average = this.#average[slot] as number
    const next = average + (rate - average) * share
    // Where one of the two is not known there is nothing to average.
    this.#average[slot] = Number.isNaN(next) || share === 1 ? rate : next
    return this.#average[slot] !== rate && !Number.isNaN(rate)
  }

  #rates(): Float32Array {
    const rates = this.#mirror.columns[this.#column]
    this.#average = grown(this.#average, rates.length)
    this.#changedAt = grown(this.#changedAt, rates.length)
    return rates
  }
}
