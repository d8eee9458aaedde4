import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** A pointer that rests for longer was left behind: nobody is about to click, and a table on a wall must not stay put for it. */
const restLimitMs = 60_000

export interface PointerPlace {
  /** CSS pixels below the header; undefined while no pointer is among the rows. */
  readonly y: () => number | undefined
}

/** Where the pointer is in the table, and whether it is among the rows at all (`changed`). */
export function usePointerPlace(
  scroller: Readonly<Ref<HTMLElement | null>>,
  headerHeight: () => number,
  changed: (inside: boolean) => void,
): PointerPlace {
  let clientY: number | undefined
  let movedAt = 0
  const set = (next: number | undefined, at: number): void => {
    const was = clientY !== undefined
    clientY = next
    movedAt = at
    if (was !== (next !== undefined)) changed(next !== undefined)
  }
  const onMove = (event: PointerEvent): void => set(event.clientY, event.timeStamp)
  const onLeave = (event: PointerEvent): void => set(undefined, event.timeStamp)
  onMounted(() => {
    scroller.value?.addEventListener('pointermove', onMove, { passive: true })
    scroller.value?.addEventListener('pointerleave', onLeave, { passive: true })
  })
  onBeforeUnmount(() => {
    scroller.value?.removeEventListener('pointermove', onMove)
    scroller.value?.removeEventListener('pointerleave', onLeave)
  })
  return {
    y: () => {
      if (clientY === undefined || scroller.value === null || performance.now() - movedAt > restLimitMs) return undefined
      const y = clientY - scroller.value.getBoundingClientRect().top - headerHeight()
      return y < 0 ? undefined : y
    },
  }
}
