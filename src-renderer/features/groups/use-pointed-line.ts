import { onBeforeUnmount } from 'vue'
import { useHostAccess } from '../../stores/host-access.ts'

/** A pointer that rested this long is most likely on nobody's mind: the lines may sort again below it. */
const restsAfterMs = 8000

export interface PointedLine {
  readonly onMove: (event: PointerEvent) => void
  readonly onLeave: () => void
  /** Key of the line below the pointer; undefined when there is none. */
  readonly key: () => string | undefined
}

/** Which line the pointer is on, and whether somebody is about to press there. */
export function usePointedLine(changed: (pointing: boolean) => void): PointedLine {
  const { clock } = useHostAccess()
  let key: string | undefined
  let isPointing = false
  let movedAt = 0
  let cancel: (() => void) | undefined

  const set = (next: boolean): void => {
    if (next === isPointing) return
    isPointing = next
    changed(next)
  }
  const rest = (): void => {
    cancel = undefined
    const left = movedAt + restsAfterMs - clock.steadyNow()
    if (left <= 0) set(false)
    else cancel = clock.startTimer(rest, left)
  }
  const stop = (): void => {
    cancel?.()
    cancel = undefined
  }
  onBeforeUnmount(stop)
  return {
    onMove: ({ target }) => {
      key = (target as Element).closest<HTMLElement>('.body')?.dataset['key']
      movedAt = clock.steadyNow()
      set(true)
      cancel ??= clock.startTimer(rest, restsAfterMs)
    },
    onLeave: () => {
      key = undefined
      stop()
      set(false)
    },
    key: () => key,
  }
}
