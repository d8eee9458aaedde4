/** What rules ask about single rows. */
import type { FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import { localAddressText, remoteAddressText, withoutUndefined, type Endpoint } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'

/** Milliseconds in the present state; for rows that were in it before the first look, at least so long. */
export function ageInState({ columns, takenAt }: RowMirror, slot: number): number {
  const since = columns.stateSinceAt[slot] as number
  return Math.max(0, takenAt - (Number.isNaN(since) ? (columns.firstSeenAt[slot] as number) : since))
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

export function localOf(mirror: RowMirror, slot: number): Endpoint {
  return { address: localAddressText(mirror, slot), port: mirror.columns.localPort[slot] ?? 0 }
}

export function remoteOf(mirror: RowMirror, slot: number): Endpoint {
  return { address: remoteAddressText(mirror, slot), port: mirror.columns.remotePort[slot] ?? 0 }
}
