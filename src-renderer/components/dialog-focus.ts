/**
 * Where the keyboard is while a dialog is open, and afterwards. reka-ui traps it and gives it back, but loses it when the element that has
 * it is moved within the dialog, and when one dialog replaces another. For the element of a dialog: `onElement` are its listeners.
 */
import { keepTabWithin } from './tab-stops.ts'

export interface DialogFocus {
  readonly onOpen: (event: Event) => void
  readonly onClosed: (event: Event) => void
  readonly onElement: Readonly<Record<string, (event: never) => void>>
}

/** What had the keyboard last outside all dialogs: one that opens from within another gives it back there. */
let outside: HTMLElement | undefined

export function createDialogFocus(): DialogFocus {
  let before: HTMLElement | undefined
  let last: HTMLElement | undefined
  let pressed = false
  const watched = new WeakSet<Element>()

  /** The order of a list was changed: the browser lets go of the button that was pressed, though it is still there. */
  function holdOn(root: Element): void {
    if (watched.has(root)) return
    watched.add(root)
    new MutationObserver(() => {
      if (document.activeElement === document.body && last?.isConnected === true) last.focus()
    }).observe(root, { childList: true, subtree: true })
  }
  function onFocusIn(event: FocusEvent): void {
    const { currentTarget: root, target } = event
    if (!(root instanceof Element) || !(target instanceof HTMLElement)) return
    last = target
    holdOn(root)
    // The dialog itself gets the keyboard when what had it is gone; a press beside everything gives it, too.
    if (target === root && !pressed) focusFirst(event)
  }
  function onPress(): void {
    pressed = true
    window.addEventListener('pointerup', () => (pressed = false), { once: true })
  }
  return {
    onOpen: (event) => {
      const { activeElement } = document
      const isOutside =
        activeElement instanceof HTMLElement && activeElement !== document.body && activeElement.closest('[role=dialog]') === null
      if (isOutside) outside = activeElement
      before = outside
      focusFirst(event)
    },
    onClosed: (event) => {
      if (before?.isConnected !== true) return
      event.preventDefault()
      before.focus({ preventScroll: true })
    },
    onElement: { focusin: onFocusIn, pointerdown: onPress, keydownCapture: keepTabWithin },
  }
}

/** The safe choice has the keyboard first where a dialog names one. */
function focusFirst(event: Event): void {
  const first = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector<HTMLElement>('[data-focus-first]') : null
  if (first === null) return
  event.preventDefault()
  first.focus()
}
