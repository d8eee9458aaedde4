import { onBeforeUnmount, onMounted } from 'vue'
import { useMenuHold } from '../../composables/use-menu-hold.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHeldKey } from '../connection-table/use-held-key.ts'

/**
 * Holds the table still while a menu is open (`menuOpen`), while text on the page is selected, and while Ctrl, on a Mac the command key,
 * is down: a row that one is about to act on, or reads, must not leave.
 */
export function useTableHolds(menuOpen: () => boolean): void {
  const connections = useConnections()
  const follow = (reason: 'text' | 'key', holds: boolean): void => {
    if (holds) connections.hold(reason)
    else void connections.release(reason)
  }
  useMenuHold(menuOpen)
  useHeldKey(/mac/iu.test(navigator.platform) ? 'Meta' : 'Control', (down) => follow('key', down))
  // Text in a field is no selection of the page: who types a search wants to see what it finds.
  const onSelection = (): void => follow('text', document.getSelection()?.type === 'Range')
  onMounted(() => document.addEventListener('selectionchange', onSelection))
  onBeforeUnmount(() => {
    document.removeEventListener('selectionchange', onSelection)
    follow('text', false)
  })
}
