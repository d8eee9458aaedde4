/** How long ago data last went over a connection, where the system tells. */
import type { Figure } from '../../src-shared/contract/diagnosis.ts'
import { known } from './figures.ts'
import type { ObservedTable } from './observed-table.ts'

/** Milliseconds since data last came; undefined when that is not told. Not before a jump of the clock. */
export function sinceReceived(table: ObservedTable, slot: number): number | undefined {
  return since(table, table.mirror.columns.lastReceivedSeconds[slot])
}

export function sinceSent(table: ObservedTable, slot: number): number | undefined {
  return since(table, table.mirror.columns.lastSentSeconds[slot])
}

/** The shortest of all rows, in each direction. */
export function dataAgeFigures(table: ObservedTable, slots: readonly number[]): readonly Figure[] {
  const least = (ageOf: typeof sinceReceived): number | undefined =>
    slots.reduce<number | undefined>((shortest, slot) => {
      const age = ageOf(table, slot)
      return age === undefined || (shortest !== undefined && shortest <= age) ? shortest : age
    }, undefined)
  return [...known('last-received', 'milliseconds', least(sinceReceived)), ...known('last-sent', 'milliseconds', least(sinceSent))]
}

function since({ now, agesFrom }: ObservedTable, seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds === 0 ? undefined : Math.max(0, now - Math.max(seconds * 1000, agesFrom))
}
