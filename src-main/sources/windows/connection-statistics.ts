/**
 * Statistics of one connection (EStats of iphlpapi.dll). Windows collects them from the moment an administrator asks for it. A trap of
 * the interface: where nothing is collected, reading succeeds all the same and the numbers are random; only the read-back of
 * EnableCollection tells.
 */
import {
  ERROR_ACCESS_DENIED,
  ERROR_CALL_NOT_IMPLEMENTED,
  ERROR_NOT_SUPPORTED,
  ERROR_PROC_NOT_FOUND,
} from '../../native/windows/error-names.ts'
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import { mibRow, type TcpTuple } from './tcp-rows.ts'

export interface ConnectionStatistics {
  /** Payload bytes since the collection began. */
  readonly receivedBytes: bigint
  readonly sentBytes: bigint
  readonly retransmits?: number
  readonly roundTripMs?: number
}

/** What reading brought: numbers, nothing yet, or that this process may not or cannot collect. */
export type StatisticsAnswer = ConnectionStatistics | 'starting' | 'gone' | 'refused'

const TcpConnectionEstatsData = 1
const TcpConnectionEstatsPath = 3
const dataBytes = 96
const thruBytesAcked = 72
const thruBytesReceived = 88
const pathBytes = 160
const packetsRetransmitted = 20
const smoothedRttMs = 108

const finalErrors = new Set([ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED, ERROR_CALL_NOT_IMPLEMENTED, ERROR_PROC_NOT_FOUND])

export class StatisticsReader {
  readonly #api: IpHelper
  readonly #enabled = Buffer.alloc(1)
  readonly #data = Buffer.alloc(dataBytes)
  readonly #path = Buffer.alloc(pathBytes)

  constructor(api: IpHelper) {
    this.#api = api
  }

  /** Reads what is collected; where nothing is yet, has the collection started. */
  read(tuple: TcpTuple): StatisticsAnswer {
    const row = mibRow(tuple)
    const data = this.#get(tuple.family, row, TcpConnectionEstatsData, this.#data)
    if (data !== 'collected') return data === 'off' ? this.#start(tuple.family, row) : data
    const statistics = {
      receivedBytes: this.#data.readBigUInt64LE(thruBytesReceived),
      sentBytes: this.#data.readBigUInt64LE(thruBytesAcked),
    }
    if (this.#get(tuple.family, row, TcpConnectionEstatsPath, this.#path) !== 'collected') return statistics
    return {
      ...statistics,
      retransmits: this.#path.readUInt32LE(packetsRetransmitted),
      roundTripMs: this.#path.readUInt32LE(smoothedRttMs),
    }
  }

  #get(family: 4 | 6, row: Buffer, type: number, rod: Buffer): 'collected' | 'off' | 'gone' | 'refused' {
    const name = family === 4 ? 'GetPerTcpConnectionEStats' : 'GetPerTcp6ConnectionEStats'
    this.#enabled[0] = 0
    const error = this.#api[name](row, type, this.#enabled, 0, 1, null, 0, 0, rod, 0, rod.length)
    if (error !== 0) return finalErrors.has(error) ? 'refused' : 'gone'
    return this.#enabled[0] === 1 ? 'collected' : 'off'
  }

  #start(family: 4 | 6, row: Buffer): StatisticsAnswer {
    const name = family === 4 ? 'SetPerTcpConnectionEStats' : 'SetPerTcp6ConnectionEStats'
    this.#enabled[0] = 1
    const error = this.#api[name](row, TcpConnectionEstatsData, this.#enabled, 0, 1, 0)
    if (error !== 0) return finalErrors.has(error) ? 'refused' : 'gone'
    this.#api[name](row, TcpConnectionEstatsPath, this.#enabled, 0, 1, 0) // without it, only the round trip is missing
    return 'starting'
  }
}
