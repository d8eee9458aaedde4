/** Looks for one TCP connection again, in the same table and by the same identity as the source does. */
import { windowsErrorName } from '../../native/windows/error-names.ts'
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import { recordWord, stateOfHead } from '../../table/row-record.ts'
import { createScratchRecord } from '../../table/row-table.ts'
import { decodeOwnerTable } from './decode-owner-tables.ts'
import { ownerTables, type OwnerTableLayout } from './owner-table-layouts.ts'
import { OwnerTableReader } from './owner-table-reader.ts'

export interface FoundEndpoint {
  /** Column code of the state. */
  readonly state: number
  readonly pid: number
  /** The number that another socket with the same tuple would not have; 0 when unknown. */
  readonly mark: number
}

export class EndpointFinder {
  readonly #reader: OwnerTableReader

  constructor(api: IpHelper) {
    this.#reader = new OwnerTableReader(api)
  }

  /** The connection as it is now, undefined when there is none, or why that cannot be told. */
  find(low: number, high: number, family: 4 | 6): FoundEndpoint | undefined | { readonly error: string } {
    const [withModules, plain] = ownerTables[family === 4 ? 'tcp4' : 'tcp6']
    const first = this.#findIn(withModules, low, high)
    if (first === undefined || !('error' in first)) return first
    const second = this.#findIn(plain, low, high)
    return second !== undefined && 'error' in second ? first : second
  }

  #findIn(layout: OwnerTableLayout, low: number, high: number): FoundEndpoint | undefined | { readonly error: string } {
    const answer = this.#reader.read(layout)
    if ('error' in answer) return { error: windowsErrorName(answer.error) }
    let found: FoundEndpoint | undefined
    const { foreign } = decodeOwnerTable(answer, layout, {
      record: createScratchRecord(),
      serviceReference: () => 0,
      scopeReference: () => 0,
      take(record) {
        if (record[recordWord.identityLow] !== low || record[recordWord.identityHigh] !== high) return
        const state = stateOfHead(record[recordWord.head] as number)
        found = { state, pid: record[recordWord.pid] as number, mark: record[recordWord.inode] as number }
      },
    })
    return foreign ? { error: 'unexpected layout' } : found
  }
}
