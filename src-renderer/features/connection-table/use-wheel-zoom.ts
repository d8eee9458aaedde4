import { onBeforeUnmount, type Ref } from 'vue'
import { useHeldKey } from './use-held-key.ts'

/**
 * Ctrl and the wheel over an element: 1 for larger. Listens only while Ctrl is down: a listener that may refuse to scroll makes the
 * browser ask before every scroll step.
 */
export function useWheelZoom(element: Readonly<Ref<HTMLElement | null>>, zoom: (by: 1 | -1) => void): void {
  let listening: HTMLElement | undefined
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    zoom(event.deltaY < 0 ? 1 : -1)
  }
  const stop = (): void => {
    listening?.removeEventListener('wheel', onWheel)
    listening = undefined
  }
  useHeldKey('Control', (held) => {
    stop()
    if (!held || element.value === null) return
    listening = element.value
    listening.addEventListener('wheel', onWheel, { passive: false })
  })
  onBeforeUnmount(stop)
}
