import { useConnections } from '../stores/connections.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useNotices } from '../stores/notices.ts'
import { useSelection } from '../stores/selection.ts'

/** Selects a row and brings it into sight; a search or filter that hides it gives way. */
export function useJumpToRow(): (identity: string) => void {
  const connections = useConnections()
  const evidence = useEvidence()
  const filters = useFilters()
  const notices = useNotices()
  const selection = useSelection()
  return (identity) => {
    const { view } = connections
    const slot = view.slotOfIdentity(identity)
    if (slot === undefined) return notices.show('info', 'details.gone')
    if (view.indexOf(slot) === -1) {
      evidence.letGo()
      filters.clear()
    }
    selection.reveal(identity)
  }
}
