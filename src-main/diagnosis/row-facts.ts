/** What rules ask about single rows. */
import type { FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import { localAddressText, remoteAddressText, withoutUndefined, type Endpoint } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import type { ObservedTable } from './observed-table.ts'

/** Milliseconds in the present state; for rows that were in it before the first look or a jump of the clock, at least so long. */
export function ageInState({ mirror: { columns }, now, agesFrom }: ObservedTable, slot: number): number {
  const changedAt = columns.stateSinceAt[slot] as number
  const since = Number.isNaN(changedAt) ? (columns.firstSeenAt[slot] as number) : changedAt
  // A time that is yet to come is from before the clock was set back.
  const from = since > now ? Math.min(agesFrom, now) : Math.max(since, agesFrom)
  return Number.isFinite(from) ? now - from : 0
}

/** The longest of `slots`; 0 for none. */
export function oldestAge(table: ObservedTable, slots: readonly number[]): number {
  return slots.reduce((age, slot) => Math.max(age, ageInState(table, slot)), 0)
}

export function processOf(mirror: RowMirror, slot: number): FindingProcess | undefined {
  return processAt(mirror, mirror.columns.owner[slot] as number)
}

/** `reference` is a process reference of the mirror; 0 is nobody. */
export function processAt(mirror: RowMirror, reference: number): FindingProcess | undefined {
  const process = mirror.processes.get(reference)
  if (process === undefined) return undefined
  const { pid, startToken, name, executable, user } = process
  return withoutUndefined<FindingProcess>({ pid, startToken, name, executable, user })
}

/** Names a process from look to look. */
export function processKey({ pid, startToken }: FindingProcess): string {
  return `${pid}@${startToken}`
}

/** A process in a list: `nginx[812]`, as in the lists of the command line. */
export function processLabel({ pid, name = '' }: FindingProcess): string {
  return `${name}[${pid}]`
}

export function localOf(mirror: RowMirror, slot: number): Endpoint {
  return { address: localAddressText(mirror, slot), port: mirror.columns.localPort[slot] ?? 0 }
}

export function remoteOf(mirror: RowMirror, slot: number): Endpoint {
  return { address: remoteAddressText(mirror, slot), port: mirror.columns.remotePort[slot] ?? 0 }
}
