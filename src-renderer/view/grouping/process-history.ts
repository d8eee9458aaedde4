/**
 * Sockets and rates of each process over the last minutes, for the small curves. A sample is one pass over two columns every few seconds,
 * whoever looks; a process that owns no row any more is forgotten with its curve.
 */
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { processKey } from './owner-groupings.ts'

/** Between two samples, milliseconds. */
export const historyStepMs = 5000
/** Five minutes. */
export const historySamples = 60
/** More processes than this have no curves: 60 samples of two figures for each take two megabytes. */
const maximumProcesses = 4000

interface Series {
  readonly sockets: Float32Array
  /** Bytes per second, both directions. */
  readonly rates: Float32Array
  lastSample: number
}

export interface HistoryPoint {
  readonly at: number
  readonly value: number
}

export class ProcessHistory {
  #series = new Map<string, Series>()
  /** Unix milliseconds of each sample, by place in the ring. */
  readonly #times = new Float64Array(historySamples).fill(Number.NaN)
  #count = 0

  /** Takes a sample when one is due; true when it did. */
  follow(mirror: RowMirror): boolean {
    const last = this.#times[(this.#count - 1) % historySamples]
    // A clock set back starts anew: its times would not be in order.
    if (last !== undefined && mirror.takenAt < last) this.clear()
    else if (last !== undefined && mirror.takenAt - last < historyStepMs) return false
    this.#take(mirror)
    return true
  }

  clear(): void {
    this.#series.clear()
    this.#times.fill(Number.NaN)
    this.#count = 0
  }

  /** The sum over these processes (`processKey`), oldest first. Times before the first of them was seen are left out. */
  pointsOf(keys: readonly string[], figure: 'sockets' | 'rates'): HistoryPoint[] {
    const known = keys.flatMap((key) => this.#series.get(key) ?? [])
    const points: HistoryPoint[] = []
    for (let sample = Math.max(0, this.#count - historySamples); sample < this.#count; sample += 1) {
      const place = sample % historySamples
      const values = known.map((series) => series[figure][place] as number).filter((value) => !Number.isNaN(value))
      if (values.length > 0) points.push({ at: this.#times[place] as number, value: values.reduce((sum, value) => sum + value, 0) })
    }
    return points
  }

  #take(mirror: RowMirror): void {
    const { owner, receiveRate, sendRate } = mirror.columns
    const sums = new Map<number, { sockets: number; rate: number }>()
    for (const slot of mirror.liveSlots()) {
      const reference = owner[slot] as number
      if (reference === 0) continue
      let sum = sums.get(reference)
      if (sum === undefined) sums.set(reference, (sum = { sockets: 0, rate: 0 }))
      sum.sockets += 1
      sum.rate += ((receiveRate[slot] as number) || 0) + ((sendRate[slot] as number) || 0)
    }
    const place = this.#count % historySamples
    for (const [reference, { sockets, rate }] of sums) {
      const process = mirror.processes.get(reference)
      if (process !== undefined) this.#write(processKey(process), place, sockets, rate)
    }
    for (const [key, { lastSample }] of this.#series) if (lastSample !== this.#count) this.#series.delete(key)
    this.#times[place] = mirror.takenAt
    this.#count += 1
  }

  #write(key: string, place: number, sockets: number, rate: number): void {
    let series = this.#series.get(key)
    if (series === undefined) {
      if (this.#series.size >= maximumProcesses) return
      const empty = (): Float32Array => new Float32Array(historySamples).fill(Number.NaN)
      this.#series.set(key, (series = { sockets: empty(), rates: empty(), lastSample: 0 }))
    }
    series.sockets[place] = sockets
    series.rates[place] = rate
    series.lastSample = this.#count
  }
}
