import { onBeforeUnmount, onMounted } from 'vue'
import { useTableLayout } from '../../stores/table-layout.ts'

/** Ctrl with plus, minus and zero while the table has the keyboard, or nothing has. Elsewhere they stay the browser's. */
export function useTableZoom(): void {
  const layout = useTableLayout()
  const actions: Readonly<Record<string, () => void>> = {
    '+': layout.zoomIn,
    '=': layout.zoomIn,
    '-': layout.zoomOut,
    _: layout.zoomOut,
    '0': layout.zoomReset,
  }
  const onKey = (event: KeyboardEvent): void => {
    const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
    if (act === undefined || event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
    const { target } = event
    if (target !== document.body && !(target instanceof Element && target.closest('.connection-table') !== null)) return
    event.preventDefault()
    act()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
