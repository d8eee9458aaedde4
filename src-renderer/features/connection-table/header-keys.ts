/** What a key means while a column's title has the focus. */
import type { Key } from './grid-keys.ts'

export type HeaderIntent =
  | { readonly kind: 'column'; readonly to: number }
  | { readonly kind: 'rows' }
  /** `add` keeps what the table is sorted by already. */
  | { readonly kind: 'sort'; readonly add: boolean }
  | { readonly kind: 'move-column'; readonly by: 1 | -1 }
  | { readonly kind: 'resize'; readonly byPx: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'menu' }

/** About one character. */
const resizeStepPx = 8

/** `column`: index of the title with the focus. Undefined for keys that mean nothing here. */
export function headerIntent(event: Key, column: number, columnCount: number): HeaderIntent | undefined {
  const command = event.ctrlKey || event.metaKey
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined
  if (by !== undefined) {
    if (command && event.shiftKey) return { kind: 'move-column', by }
    if (event.altKey && !command) return { kind: 'resize', byPx: by * resizeStepPx }
    return command || event.shiftKey ? undefined : { kind: 'column', to: Math.max(0, Math.min(columnCount - 1, column + by)) }
  }
  if (command) return undefined
  if (event.key === 'Enter') return event.altKey ? { kind: 'fit' } : { kind: 'sort', add: event.shiftKey }
  if (event.key === 'ArrowDown') return event.altKey ? { kind: 'menu' } : { kind: 'rows' }
  if (event.altKey || event.shiftKey) return undefined
  if (event.key === 'Home') return { kind: 'column', to: 0 }
  if (event.key === 'End') return { kind: 'column', to: columnCount - 1 }
  return event.key === 'Escape' ? { kind: 'rows' } : undefined
}
