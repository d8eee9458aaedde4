/** The consumer's side on its own; test/unit/table holds it against the table that makes its sets. */
import { describe, expect, it } from 'vitest'
import { allocateChangeSetRows, maximumRows, type ChangeSet, type ChangeSetHeader } from '../../../src-shared/model/change-set.ts'
import { RowMirror } from '../../../src-shared/model/row-mirror.ts'

function set(
  header: Partial<ChangeSetHeader>,
  { added = [], changed = [], removed = [] }: { added?: number[]; changed?: number[]; removed?: number[] } = {},
): ChangeSet {
  const rows = allocateChangeSetRows(added.length, changed.length, removed.length)
  rows.added.rowId.set(added)
  rows.changed.rowId.set(changed)
  rows.removed.set(removed)
  return {
    header: {
      session: 's',
      sequence: 1,
      kind: 'full',
      since: 0,
      takenAt: 1000,
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      firstString: 1,
      strings: [],
      processes: [],
      forgottenProcesses: [],
      sharedRows: [],
      ...header,
    },
    bytes: rows.bytes,
  }
}

const ids = (mirror: RowMirror): number[] =>
  [...mirror.liveSlots()].map((slot) => mirror.columns.rowId[slot]!).toSorted((left, right) => left - right)

describe('a set', () => {
  it('that was overtaken by a later one is refused: it would bring removed rows back', () => {
    const mirror = new RowMirror()
    mirror.apply(set({}, { added: [1] }))
    const slow = set({ kind: 'delta', since: 1, sequence: 2 }, { added: [2] })
    const quick = set({ kind: 'delta', since: 1, sequence: 3 }, { removed: [2] })
    expect(mirror.apply(quick).ok).toBe(true)
    expect(mirror.apply(slow)).toEqual({ ok: false, reason: 'gap' })
    expect(ids(mirror)).toEqual([1])
  })

  it('that overlaps what is known is applied: added rows that are there already are changes', () => {
    const mirror = new RowMirror()
    mirror.apply(set({}, { added: [1] }))
    mirror.apply(set({ kind: 'delta', since: 1, sequence: 2 }, { added: [2] }))
    const applied = mirror.apply(set({ kind: 'delta', since: 1, sequence: 3 }, { added: [2, 3], removed: [99] }))
    expect(applied).toMatchObject({ ok: true, slots: { reset: false, added: [2], changed: [1], removed: [] } })
    expect(ids(mirror)).toEqual([1, 2, 3])
  })

  it.each<[string, (good: ChangeSet) => ChangeSet]>([
    ['too few bytes', (good) => ({ ...good, bytes: good.bytes.slice(0, -1) })],
    ['too many bytes', (good) => ({ ...good, bytes: new Uint8Array(good.bytes.length + 8) })],
    ['no bytes', (good) => ({ ...good, bytes: new Uint8Array(0) })],
    ['another count', (good) => ({ ...good, header: { ...good.header, added: 3 } })],
    ['a negative count', (good) => ({ ...good, header: { ...good.header, removed: -1 } })],
    ['a broken count', (good) => ({ ...good, header: { ...good.header, changed: 0.5 } })],
    ['no number', (good) => ({ ...good, header: { ...good.header, changed: Number.NaN } })],
    ['no list of strings', (good) => ({ ...good, header: { ...good.header, strings: undefined as never } })],
    ['a process that is none', (good) => ({ ...good, header: { ...good.header, processes: [null as never] } })],
    ['owners that are no list', (good) => ({ ...good, header: { ...good.header, sharedRows: [7 as never] } })],
    ['a text for a number', (good) => ({ ...good, header: { ...good.header, sequence: '2' as never } })],
    ['more rows than there can be', (good) => ({ ...good, header: { ...good.header, added: maximumRows + 1 } })],
  ])('with %s is malformed and changes nothing', (_what, spoil) => {
    const mirror = new RowMirror()
    mirror.apply(set({}, { added: [1] }))
    expect(mirror.apply(spoil(set({ sequence: 2 }, { added: [5, 6] })))).toEqual({ ok: false, reason: 'malformed' })
    expect([ids(mirror), mirror.sequence]).toEqual([[1], 1])
  })

  it('that lies in the middle of a larger buffer is read all the same', () => {
    const good = set({}, { added: [7, 8] })
    const larger = new Uint8Array(good.bytes.length + 3)
    larger.set(good.bytes, 3)
    const mirror = new RowMirror()
    expect(mirror.apply({ ...good, bytes: larger.subarray(3) }).ok).toBe(true)
    expect(ids(mirror)).toEqual([7, 8])
  })
})

it('a removed row stays readable until its slot is given back, and is not reused before', () => {
  const mirror = new RowMirror()
  mirror.apply(set({}, { added: [1, 2] }))
  const slot = mirror.slotOfRow(1)!
  mirror.apply(set({ kind: 'delta', since: 1, sequence: 2 }, { removed: [1] }))
  mirror.apply(set({ kind: 'delta', since: 2, sequence: 3 }, { added: [3] }))
  expect([mirror.columns.rowId[slot], mirror.slotOfRow(1), mirror.rowCount]).toEqual([1, undefined, 2])
  mirror.release(slot)
  mirror.apply(set({ kind: 'delta', since: 3, sequence: 4 }, { added: [4] }))
  expect(mirror.slotOfRow(4)).toBe(slot)
})

/** The same set, every row of it the row 1 with this owner. */
const withOwner = (built: ChangeSet, owner: number): ChangeSet => {
  const rows = allocateChangeSetRows(built.header.added, built.header.changed, 0)
  rows.added.rowId.fill(1)
  rows.changed.rowId.fill(1)
  rows.added.owner.fill(owner)
  rows.changed.owner.fill(owner)
  return { ...built, bytes: rows.bytes }
}

it('several owners are listed while there are several, the first one first', () => {
  const mirror = new RowMirror()
  mirror.apply(withOwner(set({ sharedRows: [[1, 5, 6]] }, { added: [1] }), 5))
  expect(mirror.ownersOf(0)).toEqual([5, 6])
  mirror.apply(withOwner(set({ kind: 'delta', since: 1, sequence: 2 }, { changed: [1] }), 6))
  expect(mirror.ownersOf(0)).toEqual([6])
  mirror.apply(withOwner(set({ kind: 'delta', since: 2, sequence: 3 }, { changed: [1] }), 0))
  expect(mirror.ownersOf(0)).toEqual([])
})
