/** What a key means in the table. The keys are those of the ARIA grid pattern and of file managers; Space alone pauses everywhere. */
export type GridIntent =
  | { readonly kind: 'move'; readonly to: number; readonly mode: 'select' | 'extend' | 'focus' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'all' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'activate' }

export interface GridPosition {
  /** Row with the focus, -1 for none. */
  readonly activeIndex: number
  readonly rowCount: number
  readonly rowsPerPage: number
  readonly firstOnScreen: number
}

interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Undefined for keys that are none of the table's business. */
export function gridIntent(event: Key, position: GridPosition): GridIntent | undefined {
  if (event.altKey || position.rowCount === 0) return undefined
  const command = event.ctrlKey || event.metaKey
  const to = target(event.key, position)
  if (to !== undefined) {
    const mode = event.shiftKey ? 'extend' : command ? 'focus' : 'select'
    return { kind: 'move', to: Math.max(0, Math.min(position.rowCount - 1, to)), mode }
  }
  if (event.key.toLowerCase() === 'a' && command && !event.shiftKey) return { kind: 'all' }
  if (event.key === ' ' && command && position.activeIndex >= 0) return { kind: 'toggle' }
  if (command || event.shiftKey) return undefined
  if (event.key === 'Enter' && position.activeIndex >= 0) return { kind: 'activate' }
  return event.key === 'Escape' ? { kind: 'clear' } : undefined
}

function target(key: string, { activeIndex, rowCount, rowsPerPage, firstOnScreen }: GridPosition): number | undefined {
  // Without a focus yet the first key enters the table at the screen's top.
  const from = activeIndex < 0 ? undefined : activeIndex
  switch (key) {
    case 'ArrowDown':
      return from === undefined ? firstOnScreen : from + 1
    case 'ArrowUp':
      return from === undefined ? firstOnScreen : from - 1
    case 'PageDown':
      return (from ?? firstOnScreen) + rowsPerPage - 1
    case 'PageUp':
      return (from ?? firstOnScreen) - rowsPerPage + 1
    case 'Home':
      return 0
    case 'End':
      return rowCount - 1
    default:
      return undefined
  }
}
