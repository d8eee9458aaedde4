/**
 * One stop of Tab for a row of buttons and choices, as the ARIA pattern of toolbars has it: arrows, Home and End move within, and Tab comes back
 * to the button that had the keyboard last. In a horizontal row the value of a choice changes by the other two arrows.
 */
import { ref } from 'vue'

const steps = { horizontal: ['ArrowLeft', 'ArrowRight'], vertical: ['ArrowUp', 'ArrowDown'] } as const

export interface RovingFocus {
  /** `tabindex` of the button at a place, counted from 0, among `count` buttons. */
  readonly tabIndex: (index: number, count: number) => 0 | -1
  /** Both are for the element around the buttons. */
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocusIn: (event: FocusEvent) => void
}

/** `direction`: the arrow keys that move. */
export function useRovingFocus(direction: 'horizontal' | 'vertical' = 'horizontal'): RovingFocus {
  const current = ref(0)
  return {
    // The current button may have left the row.
    tabIndex: (index, count) => (index === (current.value < count ? current.value : 0) ? 0 : -1),
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const buttons = buttonsIn(event)
      const to = target(event.key, steps[direction], indexOf(event, buttons), buttons.length)
      if (to === undefined) return
      event.preventDefault()
      buttons[to]?.focus()
    },
    onFocusIn: (event) => {
      const index = indexOf(event, buttonsIn(event))
      if (index !== -1) current.value = index
    },
  }
}

function buttonsIn({ currentTarget }: Event): HTMLElement[] {
  return currentTarget instanceof Element ? [...currentTarget.querySelectorAll<HTMLElement>('button, select')] : []
}

function indexOf({ target: from }: Event, buttons: readonly HTMLElement[]): number {
  return buttons.findIndex((button) => from instanceof Node && button.contains(from))
}

function target(key: string, [back, on]: readonly [string, string], from: number, count: number): number | undefined {
  if (from === -1) return undefined
  if (key === on) return (from + 1) % count
  if (key === back) return (from + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}
