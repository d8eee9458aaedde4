import { hashPair } from '../../table/identity-index.ts'
import { recordWord } from '../../table/row-record.ts'

/**
 * Writes the identity of an endpoint that the system gives no number: a hash over protocol, family, addresses and ports, and over what
 * tells apart sockets that may share a tuple (zones; owner and creation, 0 where they do not count). The words from `head` to `remote`
 * must be filled.
 */
export function writeTupleIdentity(record: Uint32Array, scopes: number, pid: number, mark: number): void {
  const kind = (record[recordWord.head] as number) & 0xffff
  let low = hashPair(hashPair(hashPair(kind, scopes), pid), mark)
  let high = hashPair(hashPair(mark, hashPair(pid, scopes)), kind)
  for (let word: number = recordWord.ports; word < recordWord.remote + 4; word += 1) {
    low = hashPair(low, record[word] as number)
    high = hashPair((record[word] as number) ^ 0x5bd1e995, high)
  }
  record[recordWord.identityLow] = low
  record[recordWord.identityHigh] = high
}
