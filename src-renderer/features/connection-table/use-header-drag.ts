/** Dragging in the header: a title to another place, an edge to another width. Tells what came of it when the button is let go of. */
import { onBeforeUnmount, shallowRef, type Ref } from 'vue'
import type { ColumnId } from '../../view/column-id.ts'

export interface HeaderDragOptions {
  /** Ids and boxes of the titles on display, in order, in viewport pixels. */
  readonly titles: () => readonly { readonly id: ColumnId; readonly box: DOMRect }[]
  /** `before`: the column that will follow; undefined for the end. */
  readonly move: (id: ColumnId, before: ColumnId | undefined) => void
  /** Pixels since the edge was taken. Called while the pointer moves. */
  readonly resize: (id: ColumnId, byPx: number) => void
}

export interface HeaderDrag {
  /** The title that is being dragged. */
  readonly dragged: Readonly<Ref<ColumnId | undefined>>
  /** Where it would be dropped: before this column, or 'end'. */
  readonly dropBefore: Readonly<Ref<ColumnId | 'end' | undefined>>
  readonly onTitleDown: (event: PointerEvent, id: ColumnId) => void
  readonly onEdgeDown: (event: PointerEvent, id: ColumnId) => void
  /** True once after a drag: the click that ends it is none. */
  readonly swallowsClick: () => boolean
}

/** A hand that clicks moves less. */
const dragThresholdPx = 5

export function useHeaderDrag({ titles, move, resize }: HeaderDragOptions): HeaderDrag {
  const dragged = shallowRef<ColumnId>()
  const dropBefore = shallowRef<ColumnId | 'end'>()
  let justDragged = false
  let listening: AbortController | undefined

  const release = (): void => listening?.abort()

  /** Calls `moved` until the button is let go of, then `ended`; Escape and a cancelled pointer end without it. */
  function follow(start: PointerEvent, moved: (event: PointerEvent) => void, ended: () => void): void {
    release()
    listening = new AbortController()
    const options = { signal: listening.signal, capture: true }
    window.addEventListener('pointermove', (event) => event.pointerId === start.pointerId && moved(event), options)
    window.addEventListener(
      'pointerup',
      () => {
        release()
        ended()
      },
      options,
    )
    const cancel = (event: Event): void => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return
      if (event instanceof KeyboardEvent) event.stopPropagation()
      release()
      dragged.value = undefined
      dropBefore.value = undefined
    }
    window.addEventListener('pointercancel', cancel, options)
    window.addEventListener('keydown', cancel, options)
  }

  function targetAt(x: number): ColumnId | 'end' {
    return titles().find(({ box }) => x < box.left + box.width / 2)?.id ?? 'end'
  }

  onBeforeUnmount(release)
  return {
    dragged,
    dropBefore,
    onTitleDown: (event, id) => {
      justDragged = false
      if (event.button !== 0) return
      follow(
        event,
        ({ clientX }) => {
          if (dragged.value === undefined && Math.abs(clientX - event.clientX) < dragThresholdPx) return
          dragged.value = id
          dropBefore.value = targetAt(clientX)
        },
        () => {
          const to = dropBefore.value
          justDragged = dragged.value !== undefined
          dragged.value = undefined
          dropBefore.value = undefined
          if (justDragged && to !== undefined) move(id, to === 'end' ? undefined : to)
        },
      )
    },
    onEdgeDown: (event, id) => {
      if (event.button !== 0) return
      event.preventDefault()
      event.stopPropagation()
      follow(
        event,
        ({ clientX }) => resize(id, clientX - event.clientX),
        () => undefined,
      )
    },
    swallowsClick: () => {
      const swallows = justDragged
      justDragged = false
      return swallows
    },
  }
}
