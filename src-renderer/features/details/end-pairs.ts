/** The two ends of one connection beside each other: the same facts in the same order, so that differences show. */
import { endpointText } from '../../../src-shared/model/address.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import type { MessageKey } from '../../i18n/en.ts'
import type { CellFormat } from '../../view/format.ts'

export interface EndPair {
  readonly name: MessageKey
  /** Empty where unknown. */
  readonly near: string
  readonly far: string
}

type Reading = readonly [name: MessageKey, read: (end: Connection) => string | undefined]

export function endPairs(near: Connection, far: Connection, format: CellFormat, nowMs: number): EndPair[] {
  return readings(format, nowMs).flatMap(([name, read]) => {
    const pair = { name, near: read(near) ?? '', far: read(far) ?? '' }
    return pair.near === '' && pair.far === '' ? [] : [pair]
  })
}

function readings(format: CellFormat, nowMs: number): Reading[] {
  const time = (iso: string | undefined): string | undefined => (iso === undefined ? undefined : format.time(Date.parse(iso), nowMs))
  return [
    ['column.process', ({ owners }) => owners.map(({ name, pid }) => (name === undefined ? String(pid) : `${name} (${pid})`)).join(', ')],
    ['column.user', ({ user, owners }) => user ?? owners[0]?.user],
    ['column.state', ({ state }) => state && format.stateText(state)],
    ['details.stateSince', ({ stateSinceAt }) => time(stateSinceAt)],
    ['details.local', ({ local }) => endpointText(local.address, local.port)],
    ['details.remote', ({ remote }) => remote && endpointText(remote.address, remote.port)],
    ['column.received', ({ receivedBytes }) => told(format.bytes, receivedBytes)],
    ['column.sent', ({ sentBytes }) => told(format.bytes, sentBytes)],
    ['column.receiveQueue', ({ receiveQueue }) => told(format.integer, receiveQueue)],
    ['column.sendQueue', ({ sendQueue }) => told(format.integer, sendQueue)],
    ['column.roundTrip', ({ roundTripMs }) => told(format.milliseconds, roundTripMs)],
    ['column.retransmits', ({ retransmits }) => told(format.integer, retransmits)],
    ['activity.unanswered', ({ unanswered }) => told(format.integer, unanswered)],
    ['activity.lastReceived', ({ lastReceivedAt }) => time(lastReceivedAt)],
    ['activity.lastSent', ({ lastSentAt }) => time(lastSentAt)],
  ]
}

function told(text: (value: number) => string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : text(value)
}
