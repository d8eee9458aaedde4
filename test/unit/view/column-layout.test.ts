import { describe, expect, it } from 'vitest'
import type { TableLayout } from '../../../src-shared/model/table-layout.ts'
import { columnIds, type ColumnId } from '../../../src-renderer/view/column-id.ts'
import {
  hideColumn,
  moveColumn,
  pinColumn,
  placedColumns,
  resizeColumn,
  savedColumns,
  shownColumns,
  stepColumn,
  type PlacedColumn,
} from '../../../src-renderer/view/column-layout.ts'
import { columnOf, tableColumns } from '../../../src-renderer/view/columns.ts'

const usual = placedColumns([])
const shownIds = (columns: readonly PlacedColumn[]): ColumnId[] => shownColumns(columns).map(({ id }) => id)
const first = (columns: readonly PlacedColumn[], count: number): ColumnId[] => shownIds(columns).slice(0, count)

const pidWidth = (wanted: number): number | undefined => resizeColumn(usual, 'pid', wanted).find(({ id }) => id === 'pid')?.width

describe('the usual columns', () => {
  it('are those a new user sees, at their widths, and fit side by side into 1440 pixels with a scroll bar', () => {
    expect(shownIds(usual)).toEqual(tableColumns.filter(({ shown }) => shown).map(({ id }) => id))
    expect(shownColumns(usual).reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(1440 - 15)
  })

  it('stand for a saved arrangement that would show nothing', () => {
    expect(placedColumns(columnIds.map((id) => ({ id, hidden: true, pinned: false })))).toEqual(usual)
  })
})

describe('a saved arrangement', () => {
  it('comes back as it was saved', () => {
    const arranged = pinColumn(resizeColumn(hideColumn(moveColumn(usual, 'remotePort', 'process'), 'user', true), 'pid', 90), 'state', true)
    expect(placedColumns(savedColumns(arranged))).toEqual(arranged)
  })

  it('loses columns that this version does not know and gets new ones hidden at their usual places', () => {
    const saved: TableLayout['columns'] = [
      { id: 'teleported', hidden: false, pinned: false },
      { id: 'state', hidden: false, pinned: false, width: 200 },
      { id: 'process', hidden: false, pinned: false },
    ]
    const placed = placedColumns(saved)
    expect(shownIds(placed)).toEqual(['state', 'process'])
    expect(placed.map(({ id }) => id).toSorted()).toEqual([...columnIds].toSorted())
    expect(placed[0]).toEqual({ id: 'state', width: 200, hidden: false, pinned: false })
  })
})

describe('a column', () => {
  it('moves before another one or to the end', () => {
    expect(first(moveColumn(usual, 'state', 'process'), 3)).toEqual(['state', 'process', 'pid'])
    expect(moveColumn(usual, 'process', undefined).at(-1)?.id).toBe('process')
    expect(moveColumn(usual, 'process', 'process')).toBe(usual)
  })

  it('moves past hidden neighbours by one step, and not beyond the ends', () => {
    const without = hideColumn(usual, 'pid', true)
    expect(first(stepColumn(without, 'process', 1), 2)).toEqual(['protocol', 'process'])
    expect(stepColumn(usual, 'process', -1)).toBe(usual)
  })

  it('goes to the start when it is pinned and becomes pinned when it is dropped there', () => {
    const pinned = pinColumn(usual, 'remoteAddress', true)
    expect(first(pinned, 2)).toEqual(['remoteAddress', 'process'])
    const two = moveColumn(pinned, 'state', 'remoteAddress')
    expect(two.filter((column) => column.pinned).map(({ id }) => id)).toEqual(['state', 'remoteAddress'])
    expect(stepColumn(pinned, 'remoteAddress', 1)).toBe(pinned)
    expect(pinColumn(two, 'state', false).filter((column) => column.pinned)).toHaveLength(1)
  })

  it('that is hidden is shown by pinning it', () => {
    expect(shownIds(pinColumn(usual, 'executable', true))[0]).toBe('executable')
  })

  it('has a width within bounds', () => {
    expect([3, 70.4, 1e9].map(pidWidth)).toEqual([36, 70, 1200])
  })

  it('that is the last one on display cannot be hidden', () => {
    const alone = usual.map((column) => ({ ...column, hidden: column.id !== 'state' }))
    expect(hideColumn(alone, 'state', true)).toBe(alone)
  })

  it('keeps its place among all columns, hidden ones included', () => {
    const shown = shownColumns(hideColumn(usual, 'pid', true))
    expect(shown.slice(0, 3).map(({ place }) => place)).toEqual([1, 3, 4])
  })
})

it('Every column has a width that settings can hold.', () => {
  expect(columnIds.filter((id) => columnOf(id).width < 36 || columnOf(id).width > 1200)).toEqual([])
})
