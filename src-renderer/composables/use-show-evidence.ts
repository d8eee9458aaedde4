import type { Finding } from '../../src-shared/contract/diagnosis.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useNotices } from '../stores/notices.ts'
import { useSelection } from '../stores/selection.ts'

/**
 * Goes to the table and shows the rows of a finding, all of them and no others: a search or a filter that was on would hide some.
 * With an identity that row is selected.
 */
export function useShowEvidence(): (finding: Finding, identity?: string) => Promise<void> {
  const evidence = useEvidence()
  const filters = useFilters()
  const navigation = useNavigation()
  const selection = useSelection()
  const notices = useNotices()
  return async (finding, identity) => {
    if (!(await evidence.show(finding))) return notices.show('info', 'diagnosis.rowsUnknown')
    filters.clear()
    navigation.open('connections')
    if (identity !== undefined) selection.reveal(identity)
  }
}
