import { beforeEach, expect, it } from 'vitest'
import type { ProcessFacts } from '../../../src-main/processes/process-catalog.ts'
import { createToldOwnerResolver } from '../../../src-main/processes/told-owner-resolver.ts'
import { recordWord } from '../../../src-main/table/row-record.ts'
import { RowTable } from '../../../src-main/table/row-table.ts'
import { visibilities } from '../../../src-shared/model/visibility.ts'
import { record } from '../../builders/record-builder.ts'

let table: RowTable
let known: Map<number, ProcessFacts>
let asked: readonly number[]
const resolver = createToldOwnerResolver({
  refresh: (pids) => void (asked = [...pids]),
  factsOf: (pid) => known.get(pid),
})

beforeEach(() => {
  table = new RowTable({ sessionBase: 'test' })
  known = new Map([1, 2, 3].map((pid) => [pid, { pid, startToken: `u${pid}`, name: `p${pid}` }]))
})

/** One look with one socket: the pid of its record, and what is told beside it. */
function look(pid: number, further: readonly number[] = [], state: 'ESTABLISHED' | 'TIME_WAIT' = 'ESTABLISHED') {
  table.begin(table.takenAt + 1000)
  const scratch = record({ id: 1, state })
  scratch[recordWord.pid] = pid
  const slot = table.upsert(scratch)
  table.toldPids.set(slot, further)
  table.finish()
  resolver.resolve(table)
  return [table.ownersOf(slot).map((reference) => table.processes.get(reference)?.name), visibilities[table.visibility[slot]!]]
}

it('names every owner that is told, the first one first', () => {
  expect(look(2, [1, 3])).toEqual([['p2', 'p1', 'p3'], 'full'])
  expect(asked).toEqual([2, 1, 3])
})

it('follows what is told: another second owner, none any more', () => {
  look(2, [1])
  const before = table.changedAt[0]!
  expect([look(2, [3]), look(2)]).toEqual([
    [['p2', 'p3'], 'full'],
    [['p2'], 'full'],
  ])
  expect(table.changedAt[0]).toBeGreaterThan(before)
})

it('shows the owners it knows, and that there are others', () => {
  expect(look(2, [99])).toEqual([['p2'], 'not-permitted'])
  expect(look(99)).toEqual([['p2'], 'not-permitted'])
})

it('keeps the last owners of what the system finishes alone', () => {
  look(2, [1])
  expect(look(0, [], 'TIME_WAIT')).toEqual([['p2', 'p1'], 'gone'])
})

it('forgets what was told of a row with the row', () => {
  look(2, [1])
  table.begin(5000)
  table.finish()
  table.begin(6000)
  expect(table.toldPids.furtherOf(0)).toEqual([])
})
