import { onBeforeUnmount, onMounted } from 'vue'

export interface Shortcuts {
  readonly togglePause: () => void
  readonly refresh: () => void
  readonly search: () => void
  readonly clear: () => void
  readonly endProcess: () => void
  readonly closeConnection: () => void
  readonly explain: () => void
}

/** Keys of the whole window. They rest while a dialog or menu is open, and letters and Space while someone types. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || overlayIsOpen()) return
    const run = choose(event, shortcuts)
    if (run === undefined) return
    event.preventDefault()
    run()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

function choose(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | undefined {
  const command = event.ctrlKey || event.metaKey
  if (event.key === 'F5' && !command && !event.shiftKey) return shortcuts.refresh
  if (event.key === 'F1' && !command && !event.shiftKey && !event.altKey) return shortcuts.explain
  if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f') return shortcuts.search
  if (command || event.altKey || isTyping(event.target)) return undefined
  if (event.key === '/') return shortcuts.search
  if (event.key === 'Escape') return shortcuts.clear
  if (event.key === 'Delete') return event.shiftKey ? shortcuts.closeConnection : shortcuts.endProcess
  // Space on a focused button presses that button.
  return event.key === ' ' && !isPressable(event.target) ? shortcuts.togglePause : undefined
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, a, summary')
}

function overlayIsOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}
