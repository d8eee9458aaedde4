import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { useNotices } from '../stores/notices.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import { rowWriter, type ExportFormat } from '../view/export/row-writer.ts'
import { writeRows } from '../view/export/write-rows.ts'
import { saveBytes } from '../view/save-bytes.ts'
import { useCellFormat } from './use-cell-format.ts'

/** The file is built in memory: as JSON this many rows take 50 MB and more. */
const maximumExportedRows = 100_000

const kinds: Readonly<Record<ExportFormat, { readonly extension: string; readonly type: string; readonly mark?: string }>> = {
  // Spreadsheets take a file without the mark for one in the old encoding of the country.
  csv: { extension: 'csv', type: 'text/csv', mark: '\ufeff' },
  json: { extension: 'json', type: 'application/json' },
  ndjson: { extension: 'ndjson', type: 'application/x-ndjson' },
  markdown: { extension: 'md', type: 'text/markdown' },
}

/** Saves the rows on display, in their order and with the columns shown, as a file. */
export function useExport(): (kind: ExportFormat) => Promise<void> {
  const { t } = useText()
  const { clock } = useHostAccess()
  const { view } = useConnections()
  const layout = useTableLayout()
  const format = useCellFormat()
  const notices = useNotices()
  const breathe = (): Promise<void> => new Promise((resolve) => void clock.startTimer(resolve, 0))
  return async (kind) => {
    const { extension, type, mark = '' } = kinds[kind]
    const total = view.visibleCount
    const taken = new Date(view.mirror.takenAt || clock.now()).toISOString().slice(0, 19).replaceAll(':', '-')
    const writer = rowWriter(kind, { view, columns: layout.shown, format: format.value, titleOf: ({ titleKey }) => t(titleKey) })
    const written = await writeRows(view, view.visible.slice(0, maximumExportedRows), writer, breathe)
    if (written === undefined) {
      notices.show('error', 'export.interrupted')
      return
    }
    saveBytes([mark, ...written.pieces], `connections-${taken}.${extension}`, type)
    if (total > maximumExportedRows) notices.show('info', 'export.cut', { shown: written.count, total })
    else notices.show('info', 'export.saved', { count: written.count })
  }
}
