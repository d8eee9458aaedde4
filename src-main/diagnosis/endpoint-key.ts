/**
 * What tells hosts and endpoints apart, without a text per row: IPv4 (mapped or not) is a number, IPv6 a short string. Equal keys are
 * equal addresses; nothing is hashed, so that nobody can choose addresses that count as one.
 */
import { isV4Mapped } from '../../src-shared/model/address.ts'
import type { Columns } from '../../src-shared/model/columns.ts'

export type EndpointKey = number | string

const ports = 65_536

export function localHostKey(columns: Columns, slot: number): EndpointKey {
  return hostKey(columns.local0[slot] ?? 0, columns.local1[slot] ?? 0, columns.local2[slot] ?? 0, columns.local3[slot] ?? 0)
}

export function remoteHostKey(columns: Columns, slot: number): EndpointKey {
  return hostKey(columns.remote0[slot] ?? 0, columns.remote1[slot] ?? 0, columns.remote2[slot] ?? 0, columns.remote3[slot] ?? 0)
}

export function localKey(columns: Columns, slot: number): EndpointKey {
  return withPort(localHostKey(columns, slot), columns.localPort[slot] ?? 0)
}

export function remoteKey(columns: Columns, slot: number): EndpointKey {
  return withPort(remoteHostKey(columns, slot), columns.remotePort[slot] ?? 0)
}

function hostKey(word0: number, word1: number, word2: number, word3: number): EndpointKey {
  return isV4Mapped(word0, word1, word2) ? word3 : `${word0}.${word1}.${word2}.${word3}`
}

/** 32 bits of address and 16 of port are exact in a double. */
function withPort(host: EndpointKey, port: number): EndpointKey {
  return typeof host === 'number' ? host * ports + port : `${host}:${port}`
}
