import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useNotices } from '../stores/notices.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import { written, type CopyFormat } from '../view/export/cell-writer.ts'
import { rowWriter } from '../view/export/row-writer.ts'
import { slotsOfIdentities } from '../view/slots-of-identities.ts'
import { useCellFormat } from './use-cell-format.ts'
import { useCopy } from './use-copy.ts'

/** More than anyone pastes; a clipboard with megabytes stalls other programs. The whole view goes into a file instead. */
const maximumCopiedRows = 5000

/** Puts rows on the clipboard, in display order and with the columns shown; those that left the table meanwhile are left out. */
export function useCopyRows(): (kind: CopyFormat, identities: readonly string[]) => void {
  const { view } = useConnections()
  const copySlots = useCopySlots()
  return (kind, identities) => copySlots(kind, slotsOfIdentities(view, identities))
}

/** The same for rows that the filters of the table may hide. */
export function useCopySlots(): (kind: CopyFormat, slots: readonly number[]) => void {
  const { t } = useText()
  const { view } = useConnections()
  const layout = useTableLayout()
  const format = useCellFormat()
  const notices = useNotices()
  const copy = useCopy()
  return (kind, slots) => {
    if (slots.length === 0) {
      notices.show('info', 'copy.rowsGone')
      return
    }
    const writer = rowWriter(kind, { view, columns: layout.shown, format: format.value, titleOf: ({ titleKey }) => t(titleKey) })
    void copy(written(writer, slots.slice(0, maximumCopiedRows)))
    if (slots.length > maximumCopiedRows) notices.show('info', 'copy.cut', { shown: maximumCopiedRows, total: slots.length })
  }
}
