/** The table as a file. */
import { useExport } from '../composables/use-export.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useNavigation } from '../stores/navigation.ts'
import { exportFormats } from '../view/export/row-writer.ts'
import type { Command } from './command.ts'

export function useExportCommands(): readonly Command[] {
  const { t: text } = useText()
  const navigation = useNavigation()
  const connections = useConnections()
  const save = useExport()
  const refusal = (): string | undefined => {
    if (navigation.page !== 'connections') return text('command.openTable')
    void connections.version
    return connections.view.visibleCount === 0 ? text('export.nothing') : undefined
  }
  return exportFormats.map((format): Command => ({
    id: `export.${format}`,
    group: 'table',
    title: (t) => t('export.command', { format: t(`export.format.${format}`) }),
    refusal,
    run: () => void save(format),
  }))
}
