import { useNavigation } from '../stores/navigation.ts'
import { useReference, type ReferenceEntry } from '../stores/reference.ts'

/** Opens the reference at an entry, from wherever the reader is, with a way back. */
export function useReferenceLink(): (entry: ReferenceEntry) => void {
  const navigation = useNavigation()
  const reference = useReference()
  return (entry) => {
    reference.choose(entry)
    if (navigation.page === 'reference') return
    reference.comeFrom(navigation.page)
    navigation.open('reference')
  }
}
