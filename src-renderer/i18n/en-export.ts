/** Words of copying rows and of saving the table as a file. */
import type { ExportFormat } from '../view/export/cell-writer.ts'

export const enExport = {
  copy: {
    as: 'Copy as',
    rowsAs: { csv: 'Copy rows as CSV', json: 'Copy rows as JSON', markdown: 'Copy rows as Markdown' },
    rowsGone: 'These rows are no longer in the table.',
    cut: 'Only the first {shown} of {total} rows were copied. Save the table as a file to have all of them.',
  },
  export: {
    open: 'Save the table as a file',
    hint: 'The rows on display, in this order. CSV and Markdown have the columns shown, JSON has every value.',
    format: { csv: 'CSV', json: 'JSON', ndjson: 'JSON, one row per line (NDJSON)', markdown: 'Markdown' } satisfies Record<
      ExportFormat,
      string
    >,
    command: 'Save the table as {format}',
    nothing: 'There are no rows on display.',
    saved: 'Saved {count} row. | Saved {count} rows.',
    cut: 'Saved the first {shown} of {total} rows. Narrow the search to save the others.',
    interrupted: 'The engine was started again meanwhile, so nothing was saved. Try again.',
  },
}
