/** Reading one side's address out of the columns. */
import { addressText, isUnspecified, isV4Mapped } from '../model/address.ts'
import type { RowMirror } from '../model/row-mirror.ts'

/** What a test sees of an address. `v4` says that it is IPv4 or IPv4 mapped into IPv6; then only word3 matters. */
export type WordsTest = (family: number, v4: boolean, word0: number, word1: number, word2: number, word3: number) => boolean
export type Side = 'local' | 'remote'

/** A row without a peer has no remote address: no test passes for it. */
export function onSide(side: Side, matches: WordsTest): (mirror: RowMirror, slot: number) => boolean {
  return side === 'local' ? (mirror, slot) => onLocal(mirror, slot, matches) : (mirror, slot) => onRemote(mirror, slot, matches)
}

function onLocal({ columns }: RowMirror, slot: number, matches: WordsTest): boolean {
  const family = columns.family[slot] ?? 4
  const word0 = columns.local0[slot] ?? 0
  const word1 = columns.local1[slot] ?? 0
  const word2 = columns.local2[slot] ?? 0
  const word3 = columns.local3[slot] ?? 0
  return matches(family, family === 4 || isV4Mapped(word0, word1, word2), word0, word1, word2, word3)
}

function onRemote({ columns }: RowMirror, slot: number, matches: WordsTest): boolean {
  const family = columns.family[slot] ?? 4
  const word0 = columns.remote0[slot] ?? 0
  const word1 = columns.remote1[slot] ?? 0
  const word2 = columns.remote2[slot] ?? 0
  const word3 = columns.remote3[slot] ?? 0
  if (columns.remotePort[slot] === 0 && isUnspecified(family, word0, word1, word2, word3)) return false
  return matches(family, family === 4 || isV4Mapped(word0, word1, word2), word0, word1, word2, word3)
}

/** Tests the written form. IPv4 results are remembered by their one word, since writing an address costs more than finding it. */
export function onText(matches: (text: string) => boolean): WordsTest {
  const results = new Map<number, boolean>()
  return (family, v4, word0, word1, word2, word3) => {
    if (!v4) return matches(addressText(family, word0, word1, word2, word3))
    let result = results.get(word3)
    if (result === undefined) {
      if (results.size >= maximumRemembered) results.clear()
      result = matches(addressText(family, word0, word1, word2, word3))
      results.set(word3, result)
    }
    return result
  }
}

/** More distinct IPv4 addresses than a busy server talks to at one time; two megabytes at most. */
const maximumRemembered = 50_000
