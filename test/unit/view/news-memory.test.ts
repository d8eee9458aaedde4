import { expect, test } from 'vitest'
import { NewsMemory } from '../../../src-renderer/view/news-memory.ts'
import { sentences } from '../../../src-renderer/view/sentences.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import { ChangeSetBuilder, type RowInput } from '../../builders/mirror-builder.ts'

const port = (local: number, rest: RowInput = {}): RowInput => ({ local: `127.0.0.1:${local}`, ...rest })

function started(rows: readonly RowInput[]) {
  const builder = new ChangeSetBuilder()
  const view = new TableView({ highlightMs: 2000 })
  view.apply(builder.full(rows), 0)
  return { builder, view, memory: new NewsMemory() }
}

test('the first time there is nothing to compare with', () => {
  const { view, memory } = started([port(10), port(20)])
  expect(memory.tell(view, 5000)).toEqual({ shown: 2, rows: 2 })
})

test('later it tells what came and closed since, and whose the new rows are', () => {
  const { builder, view, memory } = started([port(10), port(20), port(30)])
  memory.tell(view, 5000)
  view.apply(builder.delta({ added: [port(40, { owner: 'curl' }), port(41, { owner: 'firefox' })], removed: [1] }), 1000)
  view.apply(builder.delta({ added: [port(42, { owner: 'firefox' }), port(43)], removed: [2] }), 2000)
  const since = {
    added: 4,
    closed: 2,
    programs: [
      { name: 'firefox', rows: 2 },
      { name: 'curl', rows: 1 },
    ],
    askedAt: 5000,
  }
  expect(memory.tell(view, 9000)).toEqual({ shown: 5, rows: 5, since })
  expect(memory.tell(view, 9500).since).toEqual({ added: 0, closed: 0, programs: [], askedAt: 9000 })
})

test('a row that came and went in between is no news', () => {
  const { builder, view, memory } = started([port(10)])
  memory.tell(view, 0)
  view.apply(builder.delta({ added: [port(20)] }), 1000)
  view.apply(builder.delta({ removed: [2] }), 2000)
  expect(memory.tell(view, 3000).since).toMatchObject({ added: 0, closed: 0 })
})

test('rows that a filter hides count for nothing, and showing rows does not make them new', () => {
  const { builder, view, memory } = started([port(10), port(20)])
  view.setFilter((rows, slot) => rows.columns.localPort[slot] === 10)
  expect(memory.tell(view, 0)).toEqual({ shown: 1, rows: 2 })
  view.apply(builder.delta({ added: [port(30)], removed: [2] }), 1000)
  expect(memory.tell(view, 1000)).toMatchObject({ shown: 1, rows: 2, since: { added: 0, closed: 0 } })
  view.setFilter(undefined)
  expect(memory.tell(view, 2000)).toMatchObject({ shown: 2, since: { added: 0, closed: 0 } })
})

test('after the engine started anew there is nothing to compare with', () => {
  const { view, memory } = started([port(10)])
  memory.tell(view, 0)
  view.apply(new ChangeSetBuilder('another').full([port(10), port(20)]), 1000)
  expect(memory.tell(view, 1000)).toEqual({ shown: 2, rows: 2 })
})

test.each([
  [['One.', undefined, 'Two.'], 'One. Two.'],
  [['一。', '二。', 'Three.'], '一。二。Three.'],
])('sentences stand in a row as their language has it: %j', (parts, expected) => {
  expect(sentences(parts)).toBe(expected)
})
