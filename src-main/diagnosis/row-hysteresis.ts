/**
 * Rows near a threshold, of which only those are evidence that reached it: one that only comes near is taken in if it was evidence in the
 * look before.
 */
import type { ObservedTable } from './observed-table.ts'
import type { Candidate } from './rule.ts'

export class RowHysteresis {
  /** Row ids of the evidence of the look before. */
  #before: ReadonlySet<number> = new Set()
  #session: string | undefined

  /** Call once per look with all rows. Slots of those that are evidence. */
  select(
    { mirror }: ObservedTable,
    slots: readonly number[],
    levelAt: (slot: number) => Candidate['level'] | undefined,
  ): readonly number[] {
    const { rowId } = mirror.columns
    const before = this.#session === mirror.session ? this.#before : new Set<number>()
    const selected = slots.filter((slot) => {
      const level = levelAt(slot)
      return level === 'raise' || (level === 'keep' && before.has(rowId[slot] as number))
    })
    this.#before = new Set(selected.map((slot) => rowId[slot] as number))
    this.#session = mirror.session
    return selected
  }
}
