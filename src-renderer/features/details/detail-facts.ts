/** Everything known about a connection as names and values; what is unknown is left out. */
import type { Connection, Owner } from '../../../src-shared/model/connection.ts'
import { endpointText } from '../../../src-shared/model/address.ts'
import type { MessageKey } from '../../i18n/en.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { CellFormat } from '../../view/format.ts'

export interface Fact {
  readonly name: string
  readonly value: string
}

interface Words {
  readonly t: Text['t']
  readonly format: CellFormat
  /** Unix milliseconds; decides whether a time needs its date. */
  readonly nowMs: number
}

/** A connection on one line: who, and between which ends. */
export function subjectText({ protocol, local, remote, owners }: Connection): string {
  const [owner] = owners
  const who = owner === undefined ? '' : `${owner.name ?? ''} (${owner.pid})`.trim()
  const ends = [local, remote].flatMap((end) => (end === undefined ? [] : [endpointText(end.address, end.port)]))
  return [who, protocol.toUpperCase(), ends.join(' → ')].filter((part) => part !== '').join('  ')
}

type Entry = readonly [name: MessageKey, value: string | undefined]

export function connectionFacts(connection: Connection, { t, format }: Words): Fact[] {
  const { family, v4Mapped, state, local, remote } = connection
  const familyKey = v4Mapped === true ? 'details.familyMapped' : family === 'ipv6' ? 'details.familyIpv6' : 'details.familyIpv4'
  return facts(t, [
    ['column.protocol', connection.protocol.toUpperCase()],
    ['details.family', t(familyKey)],
    ['column.state', state && format.stateText(state)],
    ['details.local', endpointText(local.address, local.port)],
    ['details.remote', remote && endpointText(remote.address, remote.port)],
    ['column.interface', connection.interface],
    ['column.user', connection.user],
    ['details.visibility', t(`visibility.${connection.visibility}`)],
    ['details.identity', connection.id],
  ])
}

export function trafficFacts(connection: Connection, { t, format }: Words): Fact[] {
  const { timer, backlog, receiveQueue, sendQueue, roundTripMs, retransmits, segmentsSent, unanswered } = connection
  const count = (value: number | undefined): string | undefined => (value === undefined ? undefined : format.integer(value))
  const bytes = (value: number | undefined): string | undefined =>
    value === undefined
      ? undefined
      : value < 1000
        ? format.bytes(value)
        : t('details.bytes', { text: format.bytes(value), exact: format.integer(value) })
  const listening = connection.state === 'LISTEN'
  return facts(t, [
    ['column.received', bytes(connection.receivedBytes)],
    ['column.sent', bytes(connection.sentBytes)],
    [listening ? 'details.acceptQueue' : 'column.receiveQueue', count(receiveQueue)],
    ['column.sendQueue', count(sendQueue)],
    ['details.backlog', count(backlog)],
    ['column.roundTrip', roundTripMs === undefined ? undefined : format.milliseconds(roundTripMs)],
    ['activity.segmentsSent', count(segmentsSent)],
    ['column.retransmits', count(retransmits)],
    ['activity.unanswered', count(unanswered)],
    ['column.timer', timer && timerText(timer, t, format)],
  ])
}

export function timeFacts({ firstSeenAt, stateSinceAt, createdAt, lastReceivedAt, lastSentAt }: Connection, words: Words): Fact[] {
  return facts(words.t, [
    ['details.created', timeText(createdAt, words)],
    ['column.firstSeen', timeText(firstSeenAt, words)],
    ['details.stateSince', timeText(stateSinceAt, words)],
    ['activity.lastReceived', timeText(lastReceivedAt, words)],
    ['activity.lastSent', timeText(lastSentAt, words)],
  ])
}

export function ownerFacts({ pid, name, executable, user, startedAt }: Owner, words: Words): Fact[] {
  return facts(words.t, [
    ['column.process', name],
    ['column.pid', String(pid)],
    ['column.user', user],
    ['column.executable', executable],
    ['details.startedAt', timeText(startedAt, words)],
  ])
}

function timerText({ kind, expiresInMs }: NonNullable<Connection['timer']>, t: Text['t'], format: CellFormat): string {
  const word = t(`timer.${kind}`)
  return expiresInMs === undefined ? word : t('details.timerExpires', { kind: word, duration: format.duration(expiresInMs) })
}

function timeText(iso: string | undefined, { format, nowMs }: Words): string | undefined {
  return iso === undefined ? undefined : format.time(Date.parse(iso), nowMs)
}

function facts(t: Text['t'], entries: readonly Entry[]): Fact[] {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [{ name: t(name), value }]))
}
