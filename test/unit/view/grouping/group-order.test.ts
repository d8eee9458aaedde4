import { expect, test } from 'vitest'
import { GroupOrder } from '../../../../src-renderer/view/grouping/group-order.ts'
import { groupingByOwner } from '../../../../src-renderer/view/grouping/owner-groupings.ts'
import { RowGroups } from '../../../../src-renderer/view/grouping/row-groups.ts'
import { buildMirror, type RowInput } from '../../../builders/mirror-builder.ts'

const rowsOf = (counts: Readonly<Record<string, number>>): RowInput[] =>
  Object.entries(counts).flatMap(([owner, count]) => Array.from({ length: count }, (): RowInput => ({ owner })))

function setting() {
  const groups = new RowGroups(groupingByOwner('executable'))
  const order = new GroupOrder()
  return {
    groups,
    names: (
      counts: Readonly<Record<string, number>>,
      hold: boolean,
      valueOf = (group: number): number | string => groups.totals.sockets[group] ?? 0,
    ) => {
      groups.update(buildMirror(rowsOf(counts)))
      order.arrange(groups, { valueOf, descending: true, hold })
      return order.order.map((group) => groups.keyOf(group))
    },
  }
}

test('groups are ordered by a number, the largest first where asked', () => {
  expect(setting().names({ a: 1, b: 3, c: 2 }, false)).toEqual(['b', 'c', 'a'])
})

test('texts order by their signs', () => {
  const { names, groups } = setting()
  expect(names({ b: 1, c: 1, a: 1 }, false, (group) => groups.keyOf(group))).toEqual(['c', 'b', 'a'])
})

test('what is not known comes last in either direction', () => {
  const { names, groups } = setting()
  const valueOf = (group: number): number => (groups.keyOf(group) === 'a' ? Number.NaN : (groups.totals.sockets[group] ?? 0))
  expect(names({ a: 9, b: 1, c: 2 }, false, valueOf)).toEqual(['c', 'b', 'a'])
})

test('while they are held, groups keep their places, new ones come last and empty ones go', () => {
  const { names } = setting()
  expect(names({ a: 1, b: 3, c: 2 }, false)).toEqual(['b', 'c', 'a'])
  expect(names({ a: 9, c: 2, d: 50 }, true)).toEqual(['c', 'a', 'd'])
  expect(names({ a: 9, c: 2, d: 50 }, false)).toEqual(['d', 'a', 'c'])
})
