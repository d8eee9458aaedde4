/** The table on display as a file. */
import { useExport } from '../composables/use-export.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useNavigation } from '../stores/navigation.ts'
import { usePageTable } from '../stores/page-table.ts'
import { exportFormats } from '../view/export/cell-writer.ts'
import type { Command } from './command.ts'

export function useExportCommands(): readonly Command[] {
  const { t: text } = useText()
  const navigation = useNavigation()
  const connections = useConnections()
  const pageTable = usePageTable()
  const save = useExport()
  const refusal = (): string | undefined => {
    void connections.version
    const shown = pageTable.current?.counts().shown ?? connections.view.visibleCount
    if (pageTable.current === undefined && navigation.page !== 'connections') return text('command.openTable')
    return shown === 0 ? text('export.nothing') : undefined
  }
  return [
    ...exportFormats.map((format): Command => ({
      id: `export.${format}`,
      group: 'table',
      title: (t) => t('export.command', { format: t(`export.format.${format}`) }),
      refusal,
      run: () => void (pageTable.current?.save ?? save)(format),
    })),
    {
      id: 'page.copy-list',
      group: 'table',
      title: (t) => t('groups.copyHint'),
      exists: () => pageTable.current !== undefined,
      refusal,
      run: () => pageTable.current?.copyAll(),
    },
  ]
}
