/** Figures of selected rows over time: a bounded history for each of the few rows looked at last. */
import { absentCount } from '../../../src-shared/model/columns.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { SampleHistory } from '../../view/statistics/sample-history.ts'

export type RowSeries = 'receiveRate' | 'sendRate' | 'roundTripMs' | 'receiveQueue' | 'sendQueue'
export type RowHistory = SampleHistory<RowSeries>

/** 15 minutes of the usual interval. */
const maximumSamples = 900
/** So many rows one goes to and fro between. */
const maximumRows = 8

export class RowSamples {
  /** The one sampled last comes last. */
  readonly #histories = new Map<string, RowHistory>()

  /** Reads the present figures of a row. */
  take(identity: string, mirror: RowMirror, slot: number): void {
    const history = this.#histories.get(identity) ?? new SampleHistory<RowSeries>(maximumSamples)
    this.#histories.delete(identity)
    this.#histories.set(identity, history)
    history.add(mirror.takenAt, sampleOf(mirror, slot))
    const [oldest] = this.#histories.keys()
    if (this.#histories.size > maximumRows && oldest !== undefined) this.#histories.delete(oldest)
  }

  of(identity: string): RowHistory | undefined {
    return this.#histories.get(identity)
  }
}

function sampleOf({ columns: c }: RowMirror, slot: number): Map<RowSeries, number> {
  const sample = new Map<RowSeries, number>()
  const put = (name: RowSeries, value: number | undefined): void => {
    if (value !== undefined && !Number.isNaN(value) && value !== absentCount) sample.set(name, value)
  }
  put('receiveRate', c.receiveRate[slot])
  put('sendRate', c.sendRate[slot])
  put('roundTripMs', c.roundTripMs[slot])
  put('receiveQueue', c.receiveQueue[slot])
  put('sendQueue', c.sendQueue[slot])
  return sample
}
