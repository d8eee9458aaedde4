import { onBeforeUnmount, watch } from 'vue'
import { useConnections } from '../stores/connections.ts'

/** Holds the rows still while a menu is open: what one is about to act on must not leave. */
export function useMenuHold(isOpen: () => boolean): void {
  const connections = useConnections()
  let holds = false
  const follow = (open: boolean): void => {
    if (open === holds) return
    holds = open
    if (open) connections.hold('menu')
    else void connections.release('menu')
  }
  watch(isOpen, follow)
  onBeforeUnmount(() => follow(false))
}
