import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'

/** An open-addressed table of slots, kept between calls: one pass without a text or an object per row. */
let table = new Int32Array(1024)
const vacant = -1

/** Different remote addresses of these rows. An IPv4 peer of an IPv6 socket is that IPv4 peer. */
export function remoteCount(mirror: RowMirror, slots: Int32Array | readonly number[]): number {
  const { remote0, remote1, remote2, remote3 } = mirror.columns
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, slots.length * 2)))
  if (table.length < size) table = new Int32Array(size)
  table.fill(vacant, 0, size)
  let count = 0
  for (const slot of slots) {
    if (!hasRemote(mirror, slot)) continue
    const [high, next, low, lowest] = [remote0[slot] as number, remote1[slot] as number, remote2[slot] as number, remote3[slot] as number]
    let at = mixed(high, next, low, lowest) & (size - 1)
    for (; ; at = (at + 1) & (size - 1)) {
      const known = table[at] as number
      if (known === vacant) {
        table[at] = slot
        count += 1
        break
      }
      if (remote3[known] === lowest && remote2[known] === low && remote1[known] === next && remote0[known] === high) break
    }
  }
  return count
}

/** Spreads addresses that differ in a few bits only (constants of MurmurHash3). */
function mixed(high: number, next: number, low: number, lowest: number): number {
  let hash = Math.imul(high ^ Math.imul(next, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(low, 0xc2b2ae35) ^ lowest
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
