import { describe, expect, it } from 'vitest'
import { linuxStartToken } from '../../../src-main/cli/linux-start-token.ts'
import { cellWidth, cutToCells, padToCells } from '../../../src-shared/text/cell-width.ts'
import { csvRecord } from '../../../src-shared/text/csv-record.ts'
import { visibleJson, visibleText } from '../../../src-shared/text/visible-text.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'

describe('a CSV record', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['node;=1+1;＝2', '"node;\'=1+1;\'＝2"'],
    ['a=b-c', 'a=b-c'],
    ['node', 'node'],
  ])('of %s gives no formula to any spreadsheet', (field, cell) => {
    expect(csvRecord([field])).toBe(`${cell}\r\n`)
  })
})

describe('text on a terminal', () => {
  it.each([
    ['abc', 3],
    ['微信', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['e\u0301', 1],
    ['🦊', 2],
    ['', 0],
  ])('measures %s as %i cells', (text, cells) => {
    expect(cellWidth(text)).toBe(cells)
  })

  it('cuts without splitting a wide character and never exceeds the room', () => {
    for (let cells = 0; cells <= 12; cells += 1) {
      for (const text of ['微信微信', 'abcdefgh', 'a微b信', 'ok']) expect(cellWidth(cutToCells(text, cells))).toBeLessThanOrEqual(cells)
    }
    expect(cutToCells('微信微信', 6)).toBe('微信…')
    expect(cutToCells('[2001:db8:0:0::1234]:50412', 14, 6)).toBe('[2001:d…:50412')
    expect(padToCells('微', 4, 'right')).toBe('  微')
  })

  it('shows control, bidirectional and invisible characters instead of sending them', () => {
    expect(visibleText('a\u001b[0m\u202e\u200b\ud800\u0085ü微')).toBe('a\\x1b[0m\\u{202e}\\u{200b}\\u{d800}\\x85ü微')
  })

  it('keeps JSON the same data', () => {
    const value = { name: 'a\u001b\u009b\u202e\u{e0041}\n"微"', list: [1] }
    for (const indent of [undefined, 2]) {
      expect(JSON.parse(visibleJson(value, indent))).toEqual(value)
      for (const sign of ['\u001b', '\u009b', '\u202e']) expect(visibleJson(value, indent)).not.toContain(sign)
    }
  })

  it('wraps at spaces and between Chinese characters, and loses nothing', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapText('一二三四。五', 6)).toEqual(['一二三', '四。五'])
    expect(wrapText('a incomprehensibilities b', 5)).toEqual(['a', 'incomprehensibilities', 'b'])
  })
})

describe('the start token of a Linux process', () => {
  it('is field 22, counted from the last parenthesis of a hostile name', () => {
    const tail = Array.from({ length: 50 }, (_, index) => String(index + 4)).join(' ')
    expect(linuxStartToken(`42 (a) S 1 (b) S ${tail}`)).toBe('22')
    expect(linuxStartToken('')).toBeUndefined()
    expect(linuxStartToken('42 (a) S 1')).toBeUndefined()
  })
})
