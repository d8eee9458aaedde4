/** Byte counts of single connections for the rows of a look: read here, or by a helper with more rights. */
import { establishedCode } from '../../../src-shared/model/tcp-state.ts'
import { absentCount } from '../../../src-shared/model/columns.ts'
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import { familyOfHead, flagCounters, protocolOfHead, recordWord, stateOfHead } from '../../table/row-record.ts'
import { StatisticsReader, type ConnectionStatistics } from './connection-statistics.ts'
import { tupleOfRecord, type TcpTuple } from './tcp-rows.ts'

export interface ConnectionCounters {
  /** Called before the rows of a look. */
  begin(): void
  /** Writes what is collected for the connection of this record, if anything is. */
  fill(record: Uint32Array): void
}

/** Two calls each; a look must stay well below its interval. Connections beyond it go without counts. */
export const mostCounted = 2000

/** For a process that may have statistics collected. Ends by itself when that turns out to be refused. */
export class DirectCounters implements ConnectionCounters {
  readonly #reader: StatisticsReader
  #left = 0
  #refused = false

  constructor(api: IpHelper) {
    this.#reader = new StatisticsReader(api)
  }

  begin(): void {
    this.#left = mostCounted
  }

  fill(record: Uint32Array): void {
    if (this.#refused || this.#left === 0 || !isCountable(record)) return
    this.#left -= 1
    const answer = this.#reader.read(tupleOf(record))
    if (answer === 'refused') this.#refused = true
    else if (typeof answer === 'object') writeStatistics(record, answer)
  }
}

/** Asks for the statistics of these connections; answers in their order, undefined when it cannot. */
export type AskStatistics = (tuples: readonly TcpTuple[]) => Promise<readonly (ConnectionStatistics | undefined)[] | undefined>

/** For a helper that answers later: a look shows what the answer before it told. */
export class RemoteCounters implements ConnectionCounters {
  readonly #ask: AskStatistics
  #known = new Map<string, ConnectionStatistics>()
  #wanted = new Map<string, TcpTuple>()
  #asking = false
  readonly #isServed: () => boolean
  #serves = false

  /** `isServed` tells whether there is a helper now. */
  constructor(ask: AskStatistics, isServed: () => boolean) {
    this.#ask = ask
    this.#isServed = isServed
  }

  begin(): void {
    const wanted = this.#wanted
    this.#wanted = new Map()
    this.#serves = this.#isServed()
    if (!this.#serves) this.#known = new Map()
    if (this.#asking || wanted.size === 0) return
    this.#asking = true
    void this.#fetch(wanted)
  }

  fill(record: Uint32Array): void {
    if (!this.#serves || !isCountable(record)) return
    const key = `${record[recordWord.identityLow]} ${record[recordWord.identityHigh]}`
    if (this.#wanted.size < mostCounted) this.#wanted.set(key, tupleOf(record))
    const statistics = this.#known.get(key)
    if (statistics !== undefined) writeStatistics(record, statistics)
  }

  async #fetch(wanted: ReadonlyMap<string, TcpTuple>): Promise<void> {
    const answers = await this.#ask([...wanted.values()])
    this.#asking = false
    this.#known = new Map()
    let index = 0
    for (const key of wanted.keys()) {
      const statistics = answers?.[index]
      if (statistics !== undefined) this.#known.set(key, statistics)
      index += 1
    }
  }
}

/** Established TCP; between link-local addresses the zone would be needed, and a record does not have it as a number. */
function isCountable(record: Uint32Array): boolean {
  const head = record[recordWord.head] as number
  const isZoned = familyOfHead(head) === 6 && (((record[recordWord.local] as number) >>> 16) & 0xffc0) === 0xfe80
  return protocolOfHead(head) === 0 && stateOfHead(head) === establishedCode && !isZoned
}

function tupleOf(record: Uint32Array): TcpTuple {
  return tupleOfRecord(record, 0, familyOfHead(record[recordWord.head] as number) === 6 ? 6 : 4, 0)
}

function writeStatistics(record: Uint32Array, { receivedBytes, sentBytes, retransmits, roundTripMs }: ConnectionStatistics): void {
  record[recordWord.receivedLow] = Number(receivedBytes & 0xffffffffn)
  record[recordWord.receivedHigh] = Number((receivedBytes >> 32n) & 0xffffffffn)
  record[recordWord.sentLow] = Number(sentBytes & 0xffffffffn)
  record[recordWord.sentHigh] = Number((sentBytes >> 32n) & 0xffffffffn)
  record[recordWord.retransmits] = retransmits ?? absentCount
  record[recordWord.roundTripMicros] = Math.min((roundTripMs ?? 0) * 1000, 0xffffffff)
  record[recordWord.flags] = (record[recordWord.flags] as number) | flagCounters
}
