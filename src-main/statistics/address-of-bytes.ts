import type { AddressFamily } from '../../src-shared/contract/network.ts'
import { addressText } from '../../src-shared/model/address.ts'

export const addressBytes = (family: AddressFamily): number => (family === 'ipv6' ? 16 : 4)

/** Address text from bytes in network order; bytes beyond the end count as zero. */
export function addressOfBytes(bytes: Uint8Array, offset: number, family: AddressFamily): string {
  if (family === 'ipv4') return addressText(4, 0, 0, 0xffff, word(bytes, offset))
  return addressText(6, word(bytes, offset), word(bytes, offset + 4), word(bytes, offset + 8), word(bytes, offset + 12))
}

export function unspecified(family: AddressFamily): string {
  return family === 'ipv6' ? '::' : '0.0.0.0'
}

/** "02:fc:00:00:00:01"; undefined when there is none. */
export function hardwareAddressText(bytes: Uint8Array): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}

function word(bytes: Uint8Array, offset: number): number {
  const byte = (index: number): number => bytes[offset + index] ?? 0
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0
}
