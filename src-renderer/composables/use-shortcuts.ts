import { onBeforeUnmount, onMounted } from 'vue'
import type { Command } from '../commands/command.ts'
import { isForTyping, isStroke } from '../commands/key-stroke.ts'

/** Keys of the whole window, from the table of commands. They rest while a dialog or menu is open, and plain keys while someone types. */
export function useShortcuts(commands: readonly Command[], onMac: boolean): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || overlayIsOpen()) return
    const command = commands.find(({ keys = [] }) => keys.some((stroke) => isStroke(event, stroke, onMac) && !rests(event, stroke)))
    if (command === undefined) return
    const refused = command.refusal?.() !== undefined
    if (command.byKey === undefined && refused) return
    event.preventDefault()
    if (command.byKey === undefined) command.run()
    else command.byKey()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}

function rests({ target }: KeyboardEvent, stroke: Parameters<typeof isForTyping>[0]): boolean {
  if (isForTyping(stroke) && isTyping(target)) return true
  if (stroke.copies === true && (isTyping(target) || document.getSelection()?.isCollapsed === false)) return true
  // Space on a focused button presses that button.
  return stroke.key === ' ' && isPressable(target)
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
