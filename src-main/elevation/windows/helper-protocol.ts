/**
 * What the engine and its helper with administrator rights say to each other, one JSON object per line. The helper does exactly the
 * requests below; whatever else arrives is refused. Pure.
 */
import { actionReasons, actionRemedies, actionStatuses, type ActionOutcome } from '../../../src-shared/contract/actions.ts'
import type { ConnectionStatistics } from '../../sources/windows/connection-statistics.ts'
import { mostCounted } from '../../sources/windows/connection-counters.ts'
import type { TcpTuple } from '../../sources/windows/tcp-rows.ts'

export type HelperRequest =
  | { readonly id: number; readonly call: 'closeTcp'; readonly tuple: TcpTuple }
  | { readonly id: number; readonly call: 'endProcess'; readonly pid: number; readonly startToken: string }
  | { readonly id: number; readonly call: 'statistics'; readonly tuples: readonly TcpTuple[] }

/** Sixteen random bytes as hexadecimal digits. */
export const tokenPattern = /^[0-9a-f]{32}$/

/** The token in the first line of a helper, which proves that it was started by us. */
export function parseHello(line: string): string | undefined {
  const value = parseObject(line)
  if (value === undefined || !hasExactly(value, ['token'])) return undefined
  const { token } = value
  return typeof token === 'string' && tokenPattern.test(token) ? token : undefined
}

/** Undefined when the line is anything but one of the requests, complete and without extras. */
export function parseRequest(line: string): HelperRequest | undefined {
  const value = parseObject(line)
  if (value === undefined || !isUint32(value['id'])) return undefined
  const { id, call, tuple, tuples, pid, startToken } = value
  if (call === 'closeTcp') return hasExactly(value, ['id', 'call', 'tuple']) && isTuple(tuple) ? { id, call, tuple } : undefined
  if (call === 'endProcess') {
    const valid = isUint32(pid) && typeof startToken === 'string' && /^\d{1,20}$/.test(startToken)
    return valid && hasExactly(value, ['id', 'call', 'pid', 'startToken']) ? { id, call, pid, startToken } : undefined
  }
  if (call !== 'statistics' || !hasExactly(value, ['id', 'call', 'tuples'])) return undefined
  return Array.isArray(tuples) && tuples.length <= mostCounted && tuples.every(isTuple) ? { id, call, tuples } : undefined
}

export interface HelperAnswer {
  readonly id: number
  readonly answer: unknown
}

export function parseAnswer(line: string): HelperAnswer | undefined {
  const value = parseObject(line)
  if (value === undefined || !hasExactly(value, ['id', 'answer']) || !isUint32(value['id'])) return undefined
  return { id: value['id'], answer: value['answer'] }
}

/** A Win32 error. */
export function readErrorAnswer(answer: unknown): number | undefined {
  return isUint32(answer) ? answer : undefined
}

export function readOutcomeAnswer(answer: unknown): ActionOutcome | undefined {
  if (!isObject(answer)) return undefined
  const { target, status, reason, remedy, means, systemError } = answer
  const known = hasOnly(answer, ['target', 'status', 'reason', 'remedy', 'means', 'systemError'])
  if (!known || typeof target !== 'string' || !isOneOf(actionStatuses, status)) return undefined
  if (reason !== undefined && !isOneOf(actionReasons, reason)) return undefined
  if (remedy !== undefined && !isOneOf(actionRemedies, remedy)) return undefined
  if (means !== undefined && means !== 'KILL') return undefined
  if (systemError !== undefined && typeof systemError !== 'string') return undefined
  return {
    target,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(means === undefined ? {} : { means }),
    ...(systemError === undefined ? {} : { systemError }),
  }
}

/** Statistics on the wire: received, sent, retransmits, round trip in milliseconds; the last two -1 when unknown; null for none. */
export type WireStatistics = readonly [string, string, number, number] | null

export function wireStatistics(statistics: ConnectionStatistics | undefined): WireStatistics {
  if (statistics === undefined) return null
  const { receivedBytes, sentBytes, retransmits = -1, roundTripMs = -1 } = statistics
  return [String(receivedBytes), String(sentBytes), retransmits, roundTripMs]
}

export function readStatisticsAnswer(answer: unknown): (ConnectionStatistics | undefined)[] | undefined {
  if (!Array.isArray(answer) || answer.length > mostCounted) return undefined
  return answer.map(readStatistics)
}

function readStatistics(value: unknown): ConnectionStatistics | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined
  const [received, sent, retransmits, roundTripMs] = value as unknown[]
  if (!isUint64Text(received) || !isUint64Text(sent)) return undefined
  return {
    receivedBytes: BigInt(received),
    sentBytes: BigInt(sent),
    ...(isUint32(retransmits) ? { retransmits } : {}),
    ...(isUint32(roundTripMs) ? { roundTripMs } : {}),
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined // not JSON: the caller refuses it
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(value: JsonObject, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key))
}

function hasExactly(value: JsonObject, keys: readonly string[]): boolean {
  return hasOnly(value, keys) && Object.keys(value).length === keys.length
}

function isOneOf<T extends string>(words: readonly T[], value: unknown): value is T {
  return words.includes(value as T)
}

function isUint32(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff
}

function isUint64Text(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < 1n << 64n
}

function isPort(value: unknown): boolean {
  return isUint32(value) && value >= 1 && value <= 0xffff
}

function isAddress(value: unknown): boolean {
  return Array.isArray(value) && value.length === 4 && value.every(isUint32)
}

function isTuple(value: unknown): value is TcpTuple {
  if (!isObject(value) || !hasExactly(value, ['family', 'local', 'remote', 'localPort', 'remotePort', 'scope'])) return false
  const { family, local, remote, localPort, remotePort, scope } = value
  return (
    (family === 4 || family === 6) && isAddress(local) && isAddress(remote) && isPort(localPort) && isPort(remotePort) && isUint32(scope)
  )
}
