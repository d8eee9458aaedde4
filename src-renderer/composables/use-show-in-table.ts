import type { Query } from '../../src-shared/query/query.ts'
import { queryText } from '../../src-shared/query/query-text.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useNavigation } from '../stores/navigation.ts'

/** Goes to the table of connections and shows what these terms ask for, and nothing else: filters that were on would hide some of it. */
export function useShowInTable(): (terms: readonly Query[]) => void {
  const evidence = useEvidence()
  const filters = useFilters()
  const navigation = useNavigation()
  return (terms) => {
    evidence.letGo()
    filters.clear()
    filters.setText(queryText(terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: 'and', terms }))
    navigation.open('connections')
  }
}
