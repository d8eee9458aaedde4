import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { useNotices } from '../stores/notices.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import type { ExportFormat } from '../view/export/cell-writer.ts'
import { rowWriter } from '../view/export/row-writer.ts'
import { writeRows } from '../view/export/write-rows.ts'
import { useCellFormat } from './use-cell-format.ts'
import { useSaveFile } from './use-save-file.ts'

/** The file is built in memory: as JSON this many rows take 50 MB and more. */
const maximumExportedRows = 100_000

/** Saves the rows on display, in their order and with the columns shown, as a file. */
export function useExport(): (kind: ExportFormat) => Promise<void> {
  const { t } = useText()
  const { clock } = useHostAccess()
  const { view } = useConnections()
  const layout = useTableLayout()
  const format = useCellFormat()
  const notices = useNotices()
  const saveFile = useSaveFile()
  const breathe = (): Promise<void> => new Promise((resolve) => void clock.startTimer(resolve, 0))
  return async (kind) => {
    const total = view.visibleCount
    const writer = rowWriter(kind, { view, columns: layout.shown, format: format.value, titleOf: ({ titleKey }) => t(titleKey) })
    const written = await writeRows(view, view.visible.slice(0, maximumExportedRows), writer, breathe)
    if (written === undefined) {
      notices.show('error', 'export.interrupted')
      return
    }
    saveFile(kind, 'connections', written.pieces)
    if (total > maximumExportedRows) notices.show('info', 'export.cut', { shown: written.count, total })
    else notices.show('info', 'export.saved', { count: written.count })
  }
}
