/** Facts about a row that both its text and its place in the order are made from. */
import { timerKinds, type Columns } from '../../src-shared/model/columns.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateCode } from '../../src-shared/model/tcp-state.ts'

const listenCode = stateCode('LISTEN')

/** The socket's user; the first owner's where the operating system tells only that. */
export function userText(mirror: RowMirror, slot: number): string | undefined {
  return mirror.stringAt(mirror.columns.user[slot] ?? 0) ?? mirror.ownerOf(slot)?.user
}

export function ownerCount(mirror: RowMirror, slot: number): number {
  return mirror.ownersOf(slot).length
}

export function timerShown(columns: Columns, slot: number): boolean {
  return (columns.timerKind[slot] ?? 0) !== timerKinds.indexOf('none')
}

export function listens({ state }: Columns, slot: number): boolean {
  return state[slot] === listenCode
}

/** Unix milliseconds of a time kept in whole seconds; undefined when it is not known. */
export function lastSecondsAt(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds === 0 ? undefined : seconds * 1000
}
