/** Which lines of a long list are in sight. All lines are of one height, so that nothing needs to be measured but the box around them. */
import { computed, nextTick, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue'

interface RowWindowOptions {
  readonly box: Readonly<Ref<HTMLElement | null>>
  readonly count: () => number
  readonly lineHeight: number
  /** Height of what stands before the lines and stays in sight, CSS pixels. */
  readonly headHeight: number
}

export interface RowWindow {
  /** First line to draw and the one after the last. */
  readonly from: ComputedRef<number>
  readonly to: ComputedRef<number>
  /** First line that shows at least in part, and the one after the last. */
  readonly inSight: () => { readonly from: number; readonly to: number }
  /** Lines that fit into the box. */
  readonly page: ComputedRef<number>
  onScroll(): void
  /** Brings a line into sight, with as little movement as possible. */
  show(index: number): void
  /** Scrolls by so many lines together with the next change of the page, so that nobody sees a step. */
  shift(by: number): void
}

/** Lines drawn beyond each edge, so that a quick turn of the wheel meets no gap. */
const spare = 6
/** Before the box was measured, and where nothing has a size: a tall window. */
const unmeasuredHeight = 800

export function useRowWindow({ box, count, lineHeight, headHeight }: RowWindowOptions): RowWindow {
  const scrollTop = ref(0)
  const height = ref(0)
  const lines = computed(() => Math.ceil((height.value || unmeasuredHeight) / lineHeight))
  const from = computed(() => Math.max(0, Math.min(Math.floor(scrollTop.value / lineHeight), count() - lines.value) - spare))
  const to = computed(() => Math.min(count(), from.value + lines.value + 2 * spare))
  const measure = (): void => void (height.value = box.value?.clientHeight ?? 0)
  const observer = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (box.value !== null) observer.observe(box.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return {
    from,
    to,
    inSight: () => {
      const first = Math.floor(scrollTop.value / lineHeight)
      return { from: first, to: first + lines.value }
    },
    page: computed(() => Math.max(1, lines.value - 2)),
    onScroll: () => void (scrollTop.value = box.value?.scrollTop ?? 0),
    show: (index) => {
      const element = box.value
      if (element === null) return
      const top = index * lineHeight
      const room = element.clientHeight - headHeight - lineHeight
      if (top < element.scrollTop) element.scrollTop = top
      else if (top > element.scrollTop + room) element.scrollTop = top - room
    },
    shift: (by) => {
      const next = Math.max(0, scrollTop.value + by * lineHeight)
      scrollTop.value = next
      void nextTick(() => {
        if (box.value !== null) box.value.scrollTop = next
        // The list may have grown too short to be scrolled so far.
        scrollTop.value = box.value?.scrollTop ?? 0
      })
    },
  }
}
