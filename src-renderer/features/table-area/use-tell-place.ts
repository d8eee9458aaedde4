import { connectionAt } from '../../../src-shared/model/connection.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { useConnections } from '../../stores/connections.ts'
import { useNotices } from '../../stores/notices.ts'
import { useSelection } from '../../stores/selection.ts'
import { useTableLayout } from '../../stores/table-layout.ts'
import { sentences } from '../../view/sentences.ts'
import type { GridPlace } from '../connection-table/table-types.ts'
import { subjectText } from '../details/detail-facts.ts'

/** Returns what tells where the keyboard is in the table: which row or title, what it is about, what is selected, how it is sorted. */
export function useTellPlace(place: () => GridPlace | undefined): () => void {
  const { t } = useText()
  const connections = useConnections()
  const { view } = connections
  const layout = useTableLayout()
  const notices = useNotices()
  const selection = useSelection()
  const format = useCellFormat()
  const integer = (value: number): string => format.value.integer(value)

  const titleText = ({ column }: GridPlace): string | undefined => {
    const shown = layout.shown[column]
    if (shown === undefined) return undefined
    return t('announce.title', { column: t(shown.titleKey), place: column + 1, columns: layout.shown.length })
  }
  const cellText = ({ column }: GridPlace, slot: number): string | undefined => {
    const shown = layout.shown[column]
    if (shown === undefined) return undefined
    const text = visibleText(shown.text(view, slot, format.value))
    const name = t(shown.titleKey)
    return text === '' ? t('announce.emptyCell', { column: name }) : t('announce.cell', { column: name, text })
  }
  const rowTexts = (at: GridPlace): (string | undefined)[] => {
    const slot = view.visible[at.row]
    if (slot === undefined) return [t('announce.noRow')]
    const connection = connectionAt(view.mirror, slot)
    const subject = visibleText(subjectText(connection)).replaceAll(/\s+/gu, ' ')
    const { state } = connection
    const highlight = view.highlightOf(slot)
    return [
      t('announce.row', { row: integer(at.row + 1), rows: integer(view.visibleCount) }),
      cellText(at, slot),
      state === undefined
        ? t('announce.subject', { subject })
        : t('announce.subjectState', { subject, state: format.value.stateText(state) }),
      highlight === 'none' ? undefined : t(`announce.highlight.${highlight}`),
    ]
  }
  return () => {
    const at = place()
    if (at === undefined) return
    const { column, descending } = layout.sort
    const selected = selection.identities.length
    const text = sentences([
      ...(at.inHeader ? [titleText(at)] : rowTexts(at)),
      selected > 1 ? t('announce.selected', { count: selected, number: integer(selected) }) : undefined,
      t(descending ? 'announce.descending' : 'announce.ascending', { column: t(`column.${column}`) }),
      connections.paused ? t('announce.frozen') : undefined,
    ])
    notices.show('info', 'announce.told', { text })
  }
}
