import { describe, expect, it } from 'vitest'
import { gridIntent, type GridIntent } from '../../../src-renderer/features/connection-table/grid-keys.ts'
import { headerIntent } from '../../../src-renderer/features/connection-table/header-keys.ts'
import { gridMetrics, paintedRange, scrollTopShowing } from '../../../src-renderer/features/connection-table/row-geometry.ts'
import { isTimeDependent } from '../../../src-renderer/view/time-dependent.ts'
import { parseQuery } from '../../../src-shared/query/index.ts'

const position = { activeIndex: 10, rowCount: 100, rowsPerPage: 20, firstOnScreen: 5, column: -1, columnCount: 4 }
const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

function check(keys: string, expected: GridIntent | undefined, at: Partial<typeof position> = {}): void {
  const parts = keys.split('+')
  const event = {
    ...plain,
    key: parts.at(-1)!,
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
  }
  expect({ keys, intent: gridIntent(event, { ...position, ...at }) }).toEqual({ keys, intent: expected })
}

const select = (to: number): GridIntent => ({ kind: 'move', to, mode: 'select' })

const depends = (text: string): boolean => {
  const outcome = parseQuery(text)
  return outcome.ok && isTimeDependent(outcome.query)
}

describe('a key in the table', () => {
  it('moves the selection by lines, pages and to the ends, and never out of the table', () => {
    check('ArrowDown', select(11))
    check('ArrowUp', select(9))
    check('PageDown', select(29))
    check('PageUp', select(0))
    check('Home', select(0))
    check('End', select(99))
    check('ArrowDown', select(99), { activeIndex: 99 })
  })

  it('extends with Shift and moves only the focus with Ctrl', () => {
    check('Shift+ArrowDown', { kind: 'move', to: 11, mode: 'extend' })
    check('Ctrl+Shift+End', { kind: 'move', to: 99, mode: 'extend' })
    check('Ctrl+ArrowUp', { kind: 'move', to: 9, mode: 'focus' })
  })

  it('enters at the top of the screen when no row has the focus', () => {
    check('ArrowDown', select(5), { activeIndex: -1 })
    check('Enter', undefined, { activeIndex: -1 })
  })

  it('selects all, toggles and opens', () => {
    check('Ctrl+a', { kind: 'all' })
    check('Ctrl+ ', { kind: 'toggle' })
    check('Enter', { kind: 'activate' })
    check('Ctrl+ ', undefined, { activeIndex: -1 })
  })

  it('is left alone when it means something to somebody else', () => {
    // Plain Space pauses the table, also when a row has the focus.
    for (const keys of [' ', 'Shift+ ', 'a', 'Delete', 'Shift+Delete', 'Ctrl+c', 'Alt+ArrowDown', 'Tab', 'Ctrl+Shift+a'])
      check(keys, undefined)
    check('ArrowDown', undefined, { rowCount: 0, activeIndex: -1 })
  })
})

describe('a key between cells', () => {
  it('goes from the row into its cells and back', () => {
    check('ArrowRight', { kind: 'column', to: 0 })
    check('ArrowRight', { kind: 'column', to: 3 }, { column: 3 })
    check('ArrowLeft', { kind: 'column', to: -1 }, { column: 0 })
    check('ArrowRight', undefined, { activeIndex: -1 })
    check('Escape', { kind: 'column', to: -1 }, { column: 2 })
    check('Escape', undefined)
  })

  it('takes Home and End for the row while a cell has the focus, and with Ctrl for the table', () => {
    check('Home', { kind: 'column', to: 0 }, { column: 2 })
    check('End', { kind: 'column', to: 3 }, { column: 2 })
    check('Ctrl+Home', { kind: 'corner', row: 0, column: 0 }, { column: 2 })
    check('Ctrl+End', { kind: 'corner', row: 99, column: 3 }, { column: 2 })
    check('Ctrl+Home', { kind: 'move', to: 0, mode: 'focus' })
  })

  it('reaches the header from the first row, also when there are no rows', () => {
    check('ArrowUp', { kind: 'header' }, { activeIndex: 0 })
    check('ArrowUp', { kind: 'header' }, { activeIndex: -1, rowCount: 0 })
    check('Shift+ArrowUp', { kind: 'move', to: 0, mode: 'extend' }, { activeIndex: 0 })
  })

  it('moves the column of the cell with Ctrl+Shift, and nothing without a cell', () => {
    check('Ctrl+Shift+ArrowLeft', { kind: 'move-column', by: -1 }, { column: 2 })
    check('Ctrl+Shift+ArrowLeft', undefined)
  })
})

const intent = (key: string, held: Partial<typeof plain> = {}, column = 1) => headerIntent({ ...plain, key, ...held }, column, 4)

describe('a key in the header', () => {
  it('moves between titles and back to the rows', () => {
    expect([intent('ArrowRight'), intent('ArrowLeft', {}, 0), intent('End'), intent('ArrowDown'), intent('Escape')]).toEqual([
      { kind: 'column', to: 2 },
      { kind: 'column', to: 0 },
      { kind: 'column', to: 3 },
      { kind: 'rows' },
      { kind: 'rows' },
    ])
  })

  it('sorts, moves, resizes, fits and opens the menu', () => {
    expect(intent('Enter')).toEqual({ kind: 'sort', add: false })
    expect(intent('Enter', { shiftKey: true })).toEqual({ kind: 'sort', add: true })
    expect(intent('ArrowRight', { ctrlKey: true, shiftKey: true })).toEqual({ kind: 'move-column', by: 1 })
    expect(intent('ArrowLeft', { altKey: true })).toEqual({ kind: 'resize', byPx: -8 })
    expect(intent('Enter', { altKey: true })).toEqual({ kind: 'fit' })
    expect(intent('ArrowDown', { altKey: true })).toEqual({ kind: 'menu' })
  })

  it('leaves Space to the pause, and what browsers do with Ctrl to them', () => {
    expect([intent(' '), intent('ArrowRight', { ctrlKey: true }), intent('f', { ctrlKey: true })]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

it('Rows keep whole pixels at every zoom.', () => {
  expect(gridMetrics('normal', 100)).toEqual({ rowHeight: 24, headerHeight: 28, fontSize: 13, zoom: 1 })
  expect(gridMetrics('compact', 110).rowHeight).toBe(22)
  expect(gridMetrics('roomy', 130).rowHeight).toBe(42)
})

describe('the rows to paint', () => {
  it('are those on screen and a few more, within the table', () => {
    expect(paintedRange({ top: 0, height: 240, rowHeight: 24 }, 1000)).toEqual({ first: 0, end: 16 })
    expect(paintedRange({ top: 2400, height: 240, rowHeight: 24 }, 1000)).toEqual({ first: 94, end: 116 })
    expect(paintedRange({ top: 24_000, height: 240, rowHeight: 24 }, 100)).toEqual({ first: 94, end: 100 })
  })

  it('come into view by the shortest way', () => {
    const screen = { top: 240, height: 240, rowHeight: 24 }
    expect([2, 12, 30].map((index) => scrollTopShowing(index, screen))).toEqual([48, 240, 504])
  })
})

describe('a query that depends on time', () => {
  it('asks for an age or a colour anywhere in it', () => {
    expect(['age:>1m', 'chrome is:new', 'a OR (b -is:closed)'].map(depends)).toEqual([true, true, true])
    expect(['', 'chrome', 'port:80 -is:ipv6', 'rx:>1MB'].map(depends)).toEqual([false, false, false, false])
  })
})
