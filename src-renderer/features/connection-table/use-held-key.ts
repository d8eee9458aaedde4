import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Tells when a modifier key goes down and up; also up when the window loses the keyboard, or when the pointer tells that it is up: its
 * release may have gone to somebody else.
 */
export function useHeldKey(key: 'Alt' | 'Control' | 'Meta', changed: (held: boolean) => void): void {
  let held = false
  const set = (next: boolean): void => {
    if (held === next) return
    held = next
    if (held) window.addEventListener('pointermove', onMove, { passive: true })
    else window.removeEventListener('pointermove', onMove)
    changed(next)
  }
  const onDown = (event: KeyboardEvent): void => {
    if (event.key === key) set(true)
  }
  const onUp = (event: KeyboardEvent): void => {
    if (event.key === key) set(false)
  }
  const onMove = (event: PointerEvent): void => {
    if (!event.getModifierState(key)) set(false)
  }
  const onBlur = (): void => set(false)
  onMounted(() => {
    window.addEventListener('keydown', onDown)
    window.addEventListener('keyup', onUp)
    window.addEventListener('blur', onBlur)
  })
  onBeforeUnmount(() => {
    set(false)
    window.removeEventListener('keydown', onDown)
    window.removeEventListener('keyup', onUp)
    window.removeEventListener('blur', onBlur)
  })
}
