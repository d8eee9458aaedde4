import { hashPair } from '../../table/identity-index.ts'
import { recordWord } from '../../table/row-record.ts'

/**
 * Writes the identity of an endpoint that the system gives no number: a hash over protocol, family, addresses and ports, and over
 * `distinction` (the owner, the creation), which tells apart what may share a tuple. The words from `head` to `remote` must be filled.
 */
export function writeTupleIdentity(record: Uint32Array, ...distinction: readonly [number, number, number]): void {
  const kind = (record[recordWord.head] as number) & 0xffff
  let low = hashPair(kind, 0x9e3779b9)
  let high = hashPair(0x85ebca6b, kind)
  for (let word: number = recordWord.ports; word < recordWord.remote + 4; word += 1) {
    low = hashPair(low, record[word] as number)
    high = hashPair((record[word] as number) ^ 0x5bd1e995, high)
  }
  for (let index = 0; index < distinction.length; index += 1) {
    const value = distinction[index] as number
    low = hashPair(low, value)
    high = hashPair(value ^ 0x5bd1e995, high)
  }
  record[recordWord.identityLow] = low
  record[recordWord.identityHigh] = high
}
