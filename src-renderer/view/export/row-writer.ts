/** Rows of the table as text for other programs. CSV, Markdown and plain text have the columns shown, as shown; JSON has the public connections. */
import { connectionAt } from '../../../src-shared/model/connection.ts'
import { csvRecord, spreadsheetText } from '../../../src-shared/text/csv-record.ts'
import { markdownRow, markdownRule } from '../../../src-shared/text/markdown-row.ts'
import { visibleJson } from '../../../src-shared/text/visible-text.ts'
import type { TableColumn } from '../columns.ts'
import type { CellFormat } from '../format.ts'
import type { TableView } from '../table-view.ts'

export const exportFormats = ['csv', 'json', 'ndjson', 'markdown'] as const
export type ExportFormat = (typeof exportFormats)[number]
/** `text`: tab separated, without titles. */
export type CopyFormat = Exclude<ExportFormat, 'ndjson'> | 'text'

/** A document is the head, the rows with `between` in between, and the tail. */
export interface RowWriter {
  readonly head: string
  readonly between: string
  readonly tail: string
  row(slot: number): string
}

export interface WrittenTable {
  readonly view: TableView
  readonly columns: readonly TableColumn[]
  readonly format: CellFormat
  readonly titleOf: (column: TableColumn) => string
}

export function rowWriter(kind: CopyFormat | ExportFormat, { view, columns, format, titleOf }: WrittenTable): RowWriter {
  const cells = (slot: number): string[] => columns.map((column) => column.text(view, slot, format))
  const titles = columns.map(titleOf)
  switch (kind) {
    case 'text':
      return { head: '', between: '\n', tail: '', row: (slot) => cells(slot).map(spreadsheetText).join('\t') }
    case 'csv':
      return { head: csvRecord(titles), between: '', tail: '', row: (slot) => csvRecord(cells(slot)) }
    case 'markdown':
      return {
        head: `${markdownRow(titles)}\n${markdownRule(columns.map(({ align }) => align))}\n`,
        between: '\n',
        tail: '\n',
        row: (slot) => markdownRow(cells(slot)),
      }
    case 'json':
      return { head: '[\n', between: ',\n', tail: '\n]\n', row: (slot) => indented(visibleJson(connectionAt(view.mirror, slot), 2)) }
    case 'ndjson':
      return { head: '', between: '\n', tail: '\n', row: (slot) => visibleJson(connectionAt(view.mirror, slot)) }
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gmu, '  ')
}
