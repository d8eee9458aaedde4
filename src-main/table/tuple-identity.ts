/**
 * The identity of a socket that the system gives no number: a hash over protocol, family, both endpoints and whatever else tells apart
 * sockets that may share a tuple. The state is left out, for it changes.
 */
import { mixPair } from './identity-index.ts'
import { recordWord } from './row-record.ts'

/** The words from `head` to `remote` must be filled. `distinct` is 0 where the tuple alone tells the socket. */
export function writeTupleIdentity(record: Uint32Array, distinct: number): void {
  const kind = (record[recordWord.head] as number) & 0xffff
  let low = mixPair(kind, distinct)
  let high = mixPair(distinct, kind)
  for (let word: number = recordWord.ports; word < recordWord.remote + 4; word += 1) {
    low = mixPair(low, record[word] as number)
    high = mixPair((record[word] as number) ^ 0x5bd1e995, high)
  }
  record[recordWord.identityLow] = low
  record[recordWord.identityHigh] = high
}
