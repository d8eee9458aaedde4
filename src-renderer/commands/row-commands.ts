/** What can be done with the selected rows. They have to be in sight: a key must not act on rows that nobody sees. */
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import { useCopy } from '../composables/use-copy.ts'
import { useCopyRows } from '../composables/use-copy-rows.ts'
import { useRowActions } from '../composables/use-row-actions.ts'
import { useTraceRow } from '../composables/use-trace-row.ts'
import type { MessageKey } from '../i18n/en.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useSelection } from '../stores/selection.ts'
import type { CopyFormat } from '../view/export/cell-writer.ts'
import type { Command, CommandContext } from './command.ts'
import { copyKeys, type KeyStroke } from './key-stroke.ts'

const copiedFormats: readonly { readonly id: string; readonly format: CopyFormat; readonly keys: readonly KeyStroke[] }[] = [
  { id: 'row.copy', format: 'text', keys: [copyKeys.text] },
  { id: 'row.copy-csv', format: 'csv', keys: [] },
  { id: 'row.copy-json', format: 'json', keys: [copyKeys.json] },
  { id: 'row.copy-markdown', format: 'markdown', keys: [] },
]

export function useRowCommands({ onMac }: CommandContext): readonly Command[] {
  const { t: text } = useText()
  const actions = useRowActions()
  const connections = useConnections()
  const selection = useSelection()
  const navigation = useNavigation()
  const trace = useTraceRow()
  const copy = useCopy()
  const copyRows = useCopyRows()

  const onTable = (): boolean => navigation.page === 'connections'
  const offTable = (): string | undefined => (onTable() ? undefined : text('command.openTable'))
  const why = (key: MessageKey | undefined): string | undefined =>
    key === undefined ? undefined : text(key, actions.refusalParameters.value)
  const one = (): Connection | undefined => {
    const slot = selection.detailed === undefined ? undefined : connections.view.slotOfIdentity(selection.detailed)
    return slot === undefined ? undefined : connectionAt(connections.view.mirror, slot)
  }
  const unselected = (): string | undefined => offTable() ?? (one() === undefined ? text('toolbar.selectFirst') : undefined)
  const withOne = (act: (connection: Connection) => void): void => {
    const connection = one()
    if (connection !== undefined) act(connection)
  }
  const traceRefusal = (): string | undefined => {
    const connection = one()
    return unselected() ?? (connection === undefined ? undefined : trace.refusalOf(connection))
  }
  return [
    {
      id: 'row.end-process',
      group: 'rows',
      title: (t) => t('toolbar.endProcess'),
      keys: [{ key: 'Delete' }, ...(onMac ? [{ key: 'Backspace', command: true as const }] : [])],
      refusal: () => offTable() ?? why(actions.endRefusal.value),
      run: () => actions.endProcess(),
      byKey: () => onTable() && actions.endProcess(),
    },
    {
      id: 'row.close-connection',
      group: 'rows',
      title: (t) => t('toolbar.closeConnection'),
      keys: [{ key: 'Delete', shift: true }, ...(onMac ? [{ key: 'Backspace', command: true as const, shift: true as const }] : [])],
      refusal: () => offTable() ?? why(actions.closeRefusal.value),
      run: () => actions.closeConnection(),
      byKey: () => onTable() && actions.closeConnection(),
    },
    {
      id: 'row.details',
      group: 'rows',
      title: (t) => t('command.details'),
      isOn: () => selection.detailsOpen,
      refusal: unselected,
      run: () => selection.detailed !== undefined && selection.toggleDetails(selection.detailed),
    },
    { id: 'row.trace', group: 'rows', title: (t) => t('trace.menu'), refusal: traceRefusal, run: () => withOne(trace.open) },
    ...copiedFormats.map(({ id, format, keys }): Command => ({
      id,
      group: 'rows',
      title: (t) => t(format === 'text' ? 'command.copyRows' : `copy.rowsAs.${format}`),
      keys,
      refusal: unselected,
      run: () => copyRows(format, selection.identities),
    })),
    {
      id: 'row.copy-local',
      group: 'rows',
      title: (t) => t('menu.copyLocal'),
      refusal: unselected,
      run: () => withOne(({ local }) => void copy(endpointText(local.address, local.port))),
    },
    {
      id: 'row.copy-remote',
      group: 'rows',
      title: (t) => t('menu.copyRemote'),
      refusal: () => unselected() ?? (one()?.remote === undefined ? text('command.noRemote') : undefined),
      run: () => withOne(({ remote }) => remote !== undefined && void copy(endpointText(remote.address, remote.port))),
    },
  ]
}
