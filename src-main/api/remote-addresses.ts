import { parseAddress } from '../sources/parse-address.ts'
import { recordWord, recordWords } from '../table/row-record.ts'
import type { RowTable } from '../table/row-table.ts'

/** Those among the addresses that some row of the table has at its other end. One pass over the rows, however many are asked about. */
export function remoteAddressesAmong(table: RowTable, addresses: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  /** By the last word, which differs most. */
  const wanted = new Map<number, { readonly address: string; readonly words: readonly number[] }[]>()
  for (const address of addresses) {
    const words = parseAddress(address, address.includes(':') ? 6 : 4)
    const last = words?.[3]
    if (words === undefined || last === undefined) continue
    const alike = wanted.get(last)
    if (alike === undefined) wanted.set(last, [{ address, words }])
    else alike.push({ address, words })
  }
  for (let slot = 0; slot < table.top && wanted.size > 0; slot += 1) {
    if (table.live[slot] === 0) continue
    const at = slot * recordWords + recordWord.remote
    const alike = wanted.get((table.records[at + 3] as number) >>> 0)
    if (alike === undefined) continue
    for (const { address, words } of alike)
      if (words.every((word, index) => word === (table.records[at + index] as number) >>> 0)) found.add(address)
  }
  return found
}
