/** From where a listening socket's address can be reached, as far as the address tells. */
import { isLoopback, isPrivate, isUnspecified, isV4Mapped } from './address.ts'
import type { RowMirror } from './row-mirror.ts'

/** any: every address of this machine. public: one that the Internet can reach. The widest first. */
export const addressScopes = ['any', 'public', 'private', 'link-local', 'loopback'] as const
export type AddressScope = (typeof addressScopes)[number]

/** Names of the loopback device: a socket bound to it is reached through nothing else. */
const loopbackDevices = new Set(['lo', 'lo0'])

export function scopeOf(mirror: RowMirror, slot: number): AddressScope {
  const { local0, local1, local2, local3, interface: device } = mirror.columns
  const words = [local0[slot] ?? 0, local1[slot] ?? 0, local2[slot] ?? 0, local3[slot] ?? 0] as const
  if (isLoopback(...words) || loopbackDevices.has(mirror.stringAt(device[slot] ?? 0) ?? '')) return 'loopback'
  if (isWildcard(mirror, slot)) return 'any'
  if (isLinkLocal(words)) return 'link-local'
  return isPrivate(...words) ? 'private' : 'public'
}

/** The socket takes connections to any address. */
export function isWildcard({ columns }: RowMirror, slot: number): boolean {
  const { family, local0, local1, local2, local3 } = columns
  return isUnspecified(family[slot] ?? 4, local0[slot] ?? 0, local1[slot] ?? 0, local2[slot] ?? 0, local3[slot] ?? 0)
}

/** RFC 3927 and RFC 4291 section 2.5.6: valid on one link. */
function isLinkLocal([word0, word1, word2, word3]: readonly [number, number, number, number]): boolean {
  return isV4Mapped(word0, word1, word2) ? word3 >>> 16 === 0xa9fe : word0 >>> 22 === 0x3fa
}
