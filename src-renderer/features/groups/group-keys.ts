/** What a key means in a table of groups: the tree grid of the ARIA Authoring Practices Guide, with the keys of the other tables. Pure. */
import { copyKeys, isStroke, type PressedKey } from '../../commands/key-stroke.ts'
import type { CopyFormat } from '../../view/export/cell-writer.ts'
import type { GroupLines } from './group-lines.ts'

export type GroupIntent =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'toggle' | 'open' | 'end' | 'close' | 'stay' }
  | { readonly kind: 'copy'; readonly format: CopyFormat }

export interface GroupKeyContext {
  readonly lines: GroupLines<unknown>
  /** -1 for none. */
  readonly activeIndex: number
  readonly linesPerPage: number
  readonly onMac: boolean
}

/** Undefined where the key means nothing here. */
export function groupIntent(event: PressedKey, context: GroupKeyContext): GroupIntent | undefined {
  const { lines, activeIndex, linesPerPage, onMac } = context
  const line = lines.at(activeIndex)
  if (line !== undefined && isStroke(event, copyKeys.text, onMac)) return { kind: 'copy', format: 'text' }
  if (line !== undefined && isStroke(event, copyKeys.json, onMac)) return { kind: 'copy', format: 'json' }
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.key === 'Delete' && line !== undefined) return { kind: event.shiftKey ? 'close' : 'end' }
  if (event.shiftKey) return undefined
  const to = (index: number): GroupIntent => ({ kind: 'move', to: Math.max(0, Math.min(index, lines.count - 1)) })
  switch (event.key) {
    case 'ArrowDown':
      return to(activeIndex + 1)
    case 'ArrowUp':
      return to(activeIndex === -1 ? 0 : activeIndex - 1)
    case 'Home':
      return to(0)
    case 'End':
      return to(lines.count - 1)
    case 'PageDown':
      return to(Math.max(0, activeIndex) + linesPerPage)
    case 'PageUp':
      return to(activeIndex - linesPerPage)
    case 'ArrowRight':
      return line === undefined ? to(0) : inward(context)
    case 'ArrowLeft':
      return line === undefined ? to(0) : outward(context)
    case 'Enter':
      return line === undefined ? undefined : { kind: 'open' }
    default:
      return undefined
  }
}

/** Unfolds, then goes to the first line below. */
function inward({ lines, activeIndex }: GroupKeyContext): GroupIntent {
  const line = lines.at(activeIndex)
  if (line?.expanded === false) return { kind: 'toggle' }
  const isParent = line !== undefined && (lines.at(activeIndex + 1)?.level ?? 0) > line.level
  return isParent ? { kind: 'move', to: activeIndex + 1 } : { kind: 'stay' }
}

/** Folds, then goes to the line that this one belongs to. */
function outward({ lines, activeIndex }: GroupKeyContext): GroupIntent {
  const line = lines.at(activeIndex)
  if (line?.expanded === true) return { kind: 'toggle' }
  for (let at = activeIndex - 1; at >= 0; at -= 1) {
    if ((lines.at(at)?.level ?? 1) < (line?.level ?? 1)) return { kind: 'move', to: at }
  }
  return { kind: 'stay' }
}
