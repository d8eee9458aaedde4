import { useJumpToRow } from '../../composables/use-jump-to-row.ts'
import { useShowInTable } from '../../composables/use-show-in-table.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useSelection } from '../../stores/selection.ts'
import { useSettings } from '../../stores/settings.ts'
import { isRow, type GroupPageModel, type RowValue } from './group-page-model.ts'

export interface ShowLine<Group> {
  /** Goes to the rows of the line in the table of connections. */
  show(value: Group | RowValue): void
  /** Goes there and opens the details of the socket; of a group those of its first socket, at the page about the process. */
  details(value: Group | RowValue): void
}

export function useShowLine<Group extends { readonly kind: string }>({
  rows: { mirror, search },
  queryOf,
  slotsOf,
  showsBeyondSearch,
}: GroupPageModel<Group>): ShowLine<Group> {
  const showInTable = useShowInTable()
  const jump = useJumpToRow()
  const navigation = useNavigation()
  const selection = useSelection()
  const settings = useSettings()
  const showGroup = (group: Group): void => {
    const terms = showsBeyondSearch === true ? [queryOf(group)] : [search.query, queryOf(group)]
    showInTable(terms.filter(({ kind }) => kind !== 'everything'))
  }
  const showRow = ({ slot }: RowValue): void => {
    navigation.open('connections')
    jump(mirror.identityOf(slot))
  }
  return {
    show(value) {
      if (isRow(value)) showRow(value)
      else showGroup(value)
    },
    details(value) {
      if (isRow(value)) {
        showRow(value)
        return selection.openDetails(mirror.identityOf(value.slot))
      }
      const slot = slotsOf(value)[0]
      if (slot === undefined) return
      const identity = mirror.identityOf(slot)
      showGroup(value)
      selection.reveal(identity)
      selection.openDetails(identity)
      void settings.change({ details: { ...settings.current.details, page: 'process' } })
    },
  }
}
