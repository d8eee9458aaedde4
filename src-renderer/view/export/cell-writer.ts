/** Lines of a table as text for other programs. CSV, Markdown and plain text have the columns as shown; JSON has the data behind them. */
import { csvRecord, spreadsheetText } from '../../../src-shared/text/csv-record.ts'
import { markdownRow, markdownRule } from '../../../src-shared/text/markdown-row.ts'
import { visibleJson } from '../../../src-shared/text/visible-text.ts'

export const exportFormats = ['csv', 'json', 'ndjson', 'markdown'] as const
export type ExportFormat = (typeof exportFormats)[number]
/** `text`: tab separated, without titles. */
export type CopyFormat = Exclude<ExportFormat, 'ndjson'> | 'text'

/** A document is the head, the lines with `between` in between, and the tail. */
export interface CellWriter<Line> {
  readonly head: string
  readonly between: string
  readonly tail: string
  row(line: Line): string
}

export interface WrittenLines<Line> {
  readonly columns: readonly { readonly title: string; readonly align: 'start' | 'end' }[]
  readonly cells: (line: Line) => string[]
  /** The words in it never change with the language. */
  readonly record: (line: Line) => object
}

export function cellWriter<Line>(kind: CopyFormat | ExportFormat, { columns, cells, record }: WrittenLines<Line>): CellWriter<Line> {
  const titles = columns.map(({ title }) => title)
  switch (kind) {
    case 'text':
      return { head: '', between: '\n', tail: '', row: (line) => cells(line).map(spreadsheetText).join('\t') }
    case 'csv':
      return { head: csvRecord(titles), between: '', tail: '', row: (line) => csvRecord(cells(line)) }
    case 'markdown':
      return {
        head: `${markdownRow(titles)}\n${markdownRule(columns.map(({ align }) => align))}\n`,
        between: '\n',
        tail: '\n',
        row: (line) => markdownRow(cells(line)),
      }
    case 'json':
      return { head: '[\n', between: ',\n', tail: '\n]\n', row: (line) => indented(visibleJson(record(line), 2)) }
    case 'ndjson':
      return { head: '', between: '\n', tail: '\n', row: (line) => visibleJson(record(line)) }
  }
}

/** As one document. */
export function written<Line>(writer: CellWriter<Line>, lines: readonly Line[]): string {
  return writer.head + lines.map((line) => writer.row(line)).join(writer.between) + writer.tail
}

function indented(text: string): string {
  return text.replaceAll(/^/gmu, '  ')
}
