import { cellWidth } from '../../text/cell-width.ts'
import { tableLines } from '../../text/text-table.ts'
import { wrapText } from '../../text/wrap-text.ts'
import type { ReportBlock } from './report-block.ts'

export interface TextReportOptions {
  /** Cells that prose is broken at. Tables and commands are as wide as they are. */
  readonly width: number
  /** Puts colour around headings; absent: none. */
  readonly paint?: (heading: Extract<ReportBlock, { kind: 'heading' }>) => string
}

const usualWidth = 100
const indent = '  '

/** Plain text without the last newline's line: lines as a person reads them, parts of a finding indented below its title. */
export function textReport(
  blocks: readonly ReportBlock[],
  { width, paint = ({ text }) => text }: TextReportOptions = { width: usualWidth },
): string[] {
  const lines: string[] = []
  let depth = 0
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'heading') {
      depth = block.level - 1
      if (index > 0) lines.push(...(block.level === 2 ? ['', ''] : ['']))
      const before = indent.repeat(Math.max(0, depth - 1))
      lines.push(before + paint(block), ...(block.level === 1 ? ['='.repeat(cellWidth(block.text))] : []))
    } else {
      const afterHeading = blocks[index - 1]?.kind === 'heading'
      const space = indent.repeat(depth)
      lines.push(...(afterHeading ? [] : ['']), ...bodyLines(block, width - space.length).map((line) => `${space}${line}`.trimEnd()))
    }
  }
  return lines
}

function bodyLines(block: Exclude<ReportBlock, { kind: 'heading' }>, width: number): string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrapText(block.text, width)
    case 'list':
      return block.items.flatMap((item) => wrapText(item, width - 2).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`))
    case 'table':
      return tableLines(
        block.columns,
        block.rows.map((row) => row.map((text) => ({ text }))),
        undefined,
        (header) => header,
      )
    case 'commands':
      return block.commands.flatMap(({ says, line }) => [`# ${says}`, line])
  }
}
