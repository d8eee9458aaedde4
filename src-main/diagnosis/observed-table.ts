/** The rows as consumers of change sets see them: a mirror, and what the last look did to it. */
import type { ChangeSet } from '../../src-shared/model/change-set.ts'
import { RowMirror } from '../../src-shared/model/row-mirror.ts'

export class ObservedTable {
  readonly mirror = new RowMirror()
  /** Slots that the last look added, changed, removed. Those removed stay readable until the next one. */
  added: readonly number[] = []
  changed: readonly number[] = []
  removed: readonly number[] = []
  /** The last set was a full one: slots of earlier looks are void, and rows in `added` need not be new to the system. */
  reset = false
  looks = 0
  /** Unix milliseconds of the first look. */
  watchingSince = 0
  /** Unix milliseconds of the look before the last one; undefined at the first. */
  lookedBefore: number | undefined

  /** False: the set does not fit, and a full one is needed. */
  observe(set: ChangeSet): boolean {
    for (const slot of this.removed) this.mirror.release(slot)
    this.removed = []
    const before = this.mirror.takenAt
    const applied = this.mirror.apply(set)
    if (!applied.ok) return false
    const { slots } = applied
    this.added = slots.added
    this.changed = slots.changed
    this.removed = slots.removed
    this.reset = slots.reset
    this.lookedBefore = this.looks === 0 ? undefined : before
    if (this.looks === 0) this.watchingSince = this.mirror.takenAt
    this.looks += 1
    return true
  }

  /** Unix milliseconds of the last look. */
  get now(): number {
    return this.mirror.takenAt
  }
}
