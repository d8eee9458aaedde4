import { expect, test } from 'vitest'
import { ObservedTable } from '../../../src-main/diagnosis/observed-table.ts'
import { ageInState } from '../../../src-main/diagnosis/row-facts.ts'
import { rowsByState } from '../../../src-main/diagnosis/rows-by-state.ts'
import { builderTakenAt as start, ChangeSetBuilder } from '../../builders/mirror-builder.ts'

const remote = '198.51.100.7:443'

function observed(): { table: ObservedTable; builder: ChangeSetBuilder } {
  const builder = new ChangeSetBuilder()
  const table = new ObservedTable()
  table.observe(builder.full([{ remote, state: 'CLOSE_WAIT' }, { remote }, { remote, state: 'SYN_SENT' }], start))
  return { table, builder }
}

test('the first look is a reset, and is where watching starts', () => {
  const { table } = observed()
  expect([table.reset, table.looks, table.watchingSince, table.lookedBefore]).toEqual([true, 1, start, undefined])
  expect(table.added).toEqual([0, 1, 2])
})

test('what a look removed is readable until the next look, and no longer listed by state', () => {
  const { table, builder } = observed()
  table.observe(builder.delta({ removed: [1], takenAt: start + 1000 }))
  expect(table.removed).toEqual([0])
  expect(table.mirror.columns.rowId[0]).toBe(1)
  expect(rowsByState(table).CLOSE_WAIT).toEqual([])
  expect(table.lookedBefore).toBe(start)
})

test('a slot that was given back is used again and counts as the new row', () => {
  const { table, builder } = observed()
  table.observe(builder.delta({ removed: [1], takenAt: start + 1000 }))
  table.observe(builder.delta({ added: [{ id: 9, remote, state: 'LAST_ACK' }], takenAt: start + 2000 }))
  expect(rowsByState(table).LAST_ACK).toEqual([0])
  expect(rowsByState(table).CLOSE_WAIT).toEqual([])
})

test('a set that does not fit leaves no touched rows behind, and a full one repairs it', () => {
  const { table, builder } = observed()
  expect(table.observe(builder.delta({ added: [{ remote }], since: 99, takenAt: start + 1000 }))).toBe(false)
  expect([table.added, table.changed, table.removed]).toEqual([[], [], []])
  expect(table.observe(builder.full([{ remote, state: 'LISTEN' }], start + 2000))).toBe(true)
  expect(rowsByState(table)).toMatchObject({ LISTEN: [0], CLOSE_WAIT: [], SYN_SENT: [] })
})

test('a full set with fewer rows leaves nothing of the rows before', () => {
  const { table, builder } = observed()
  table.observe(builder.full([{ remote, state: 'CLOSE_WAIT' }], start + 1000))
  table.observe(builder.delta({ added: [{ remote }], takenAt: start + 2000 }))
  expect(rowsByState(table).CLOSE_WAIT).toEqual([0])
  expect(rowsByState(table).SYN_SENT).toEqual([])
})

test('an age is the time since the state began, or since the row was first seen', () => {
  const builder = new ChangeSetBuilder()
  const table = new ObservedTable()
  table.observe(
    builder.full(
      [
        { remote, stateSinceAt: start - 500 },
        { remote, firstSeenAt: start - 8000 },
      ],
      start,
    ),
  )
  expect([ageInState(table, 0), ageInState(table, 1)]).toEqual([500, 8000])
})

test('after a sleep or a clock set forward, rows are not older than the jump', () => {
  const { table, builder } = observed()
  table.observe(builder.delta({ takenAt: start + 3_600_000 }))
  expect([table.jumped, ageInState(table, 0)]).toEqual([true, 0])
  table.observe(builder.delta({ takenAt: start + 3_605_000 }))
  expect([table.jumped, ageInState(table, 0)]).toEqual([false, 5000])
})

test('after a clock set back, ages start again and are never negative', () => {
  const { table, builder } = observed()
  table.observe(builder.delta({ takenAt: start - 3_600_000 }))
  expect([table.jumped, ageInState(table, 0), table.watchingSince]).toEqual([true, 0, start - 3_600_000])
  table.observe(builder.delta({ takenAt: start - 3_590_000 }))
  expect(ageInState(table, 0)).toBe(10_000)
})

test('the slowest interval and a slow look are no jump', () => {
  const { table, builder } = observed()
  table.observe(builder.delta({ takenAt: start + 60_000 }))
  expect([table.jumped, ageInState(table, 0)]).toEqual([false, 60_000])
})

test('a clock that was set a little forward ages nothing: the steady one did not move as far', () => {
  const builder = new ChangeSetBuilder()
  const table = new ObservedTable()
  table.observe(builder.full([{ remote, state: 'CLOSE_WAIT' }], start), 500)
  table.observe(builder.delta({ takenAt: start + 31_000 }), 1500)
  expect([table.jumped, ageInState(table, 0)]).toEqual([true, 0])
  table.observe(builder.delta({ takenAt: start + 41_000 }), 11_500)
  expect([table.jumped, ageInState(table, 0)]).toEqual([false, 10_000])
  table.observe(builder.delta({ takenAt: start + 43_000 }), 12_000)
  expect([table.jumped, ageInState(table, 0)]).toEqual([false, 12_000])
})
