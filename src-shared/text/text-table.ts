import { cellWidth, cutToCells, padToCells } from './cell-width.ts'

export interface TableColumn {
  readonly header: string
  readonly align: 'left' | 'right'
  /** May be shortened to this many cells when the terminal is narrow; absent: never. */
  readonly shrinkTo?: number
  /** Characters at the end that say most and stay when the text is shortened. */
  readonly keepEnd?: number
}

export interface TableCell {
  readonly text: string
  /** Puts colour around text that already has its final width. */
  readonly paint?: (text: string) => string
}

const gap = '  '

/** Lines without newline, header first. `width` undefined: as wide as the content. Cells must be visible text. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  width: number | undefined,
  paintHeader: (text: string) => string,
): string[] {
  const widths = fit(columns, naturalWidths(columns, rows), width)
  const line = (cells: readonly TableCell[]): string =>
    cells
      .map((cell, index) => {
        const room = widths[index] ?? 0
        const last = index === columns.length - 1
        const align = columns[index]?.align ?? 'left'
        const cut = cutToCells(cell.text, room, columns[index]?.keepEnd)
        const text = last && align === 'left' ? cut : padToCells(cut, room, align)
        return cell.paint === undefined ? text : cell.paint(text)
      })
      .join(gap)
      .trimEnd()
  const headerLine = line(columns.map((column) => ({ text: column.header, paint: paintHeader })))
  return [headerLine, ...rows.map(line)]
}

function naturalWidths(columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[]): number[] {
  const widths = columns.map(({ header }) => cellWidth(header))
  for (const row of rows) {
    for (let index = 0; index < widths.length; index += 1) {
      widths[index] = Math.max(widths[index] ?? 0, cellWidth(row[index]?.text ?? ''))
    }
  }
  return widths
}

/** Takes cells from the widest shrinkable column, one at a time, until the line fits or nothing more can be taken. */
function fit(columns: readonly TableColumn[], natural: readonly number[], width: number | undefined): readonly number[] {
  if (width === undefined) return natural
  const widths = [...natural]
  let excess = widths.reduce((sum, cells) => sum + cells, 0) + gap.length * (columns.length - 1) - width
  while (excess > 0) {
    let widest = -1
    for (let index = 0; index < widths.length; index += 1) {
      const floor = columns[index]?.shrinkTo
      const cells = widths[index] ?? 0
      if (floor !== undefined && cells > floor && (widest < 0 || cells > (widths[widest] ?? 0))) widest = index
    }
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess -= 1
  }
  return widths
}
