import { describe, expect, it } from 'vitest'
import { gridIntent, type GridIntent } from '../../../src-renderer/features/connection-table/grid-keys.ts'
import { paintedRange, scrollTopShowing } from '../../../src-renderer/features/connection-table/row-geometry.ts'
import { isTimeDependent } from '../../../src-renderer/view/time-dependent.ts'
import { parseQuery } from '../../../src-shared/query/index.ts'

const position = { activeIndex: 10, rowCount: 100, rowsPerPage: 20, firstOnScreen: 5 }
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

  it('selects all, toggles, opens and clears', () => {
    check('Ctrl+a', { kind: 'all' })
    check('Ctrl+ ', { kind: 'toggle' })
    check('Enter', { kind: 'activate' })
    check('Escape', { kind: 'clear' })
    check('Ctrl+ ', undefined, { activeIndex: -1 })
  })

  it('is left alone when it means something to somebody else', () => {
    // Plain Space pauses the table, also when a row has the focus.
    for (const keys of [' ', 'Shift+ ', 'a', 'Delete', 'Shift+Delete', 'Ctrl+c', 'Alt+ArrowDown', 'Tab', 'Ctrl+Shift+a'])
      check(keys, undefined)
    check('ArrowDown', undefined, { rowCount: 0, activeIndex: -1 })
  })
})

describe('the rows to paint', () => {
  it('are those on screen and a few more, within the table', () => {
    expect(paintedRange(0, 240, 1000)).toEqual({ first: 0, end: 16 })
    expect(paintedRange(2400, 240, 1000)).toEqual({ first: 94, end: 116 })
    expect(paintedRange(24_000, 240, 100)).toEqual({ first: 94, end: 100 })
  })

  it('come into view by the shortest way', () => {
    expect([scrollTopShowing(2, 240, 240), scrollTopShowing(12, 240, 240), scrollTopShowing(30, 240, 240)]).toEqual([48, 240, 504])
  })
})

describe('a query that depends on time', () => {
  it('asks for an age or a colour anywhere in it', () => {
    expect(['age:>1m', 'chrome is:new', 'a OR (b -is:closed)'].map(depends)).toEqual([true, true, true])
    expect(['', 'chrome', 'port:80 -is:ipv6', 'rx:>1MB'].map(depends)).toEqual([false, false, false, false])
  })
})
