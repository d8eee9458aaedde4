/** Where the details stand and how large they are: kept by the host, and followed at once while somebody drags. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import {
  minimumDetailsHeight,
  minimumDetailsWidth,
  type DetailsLayout,
  type DetailsPage,
} from '../../../src-shared/model/details-layout.ts'
import { useSettings } from '../../stores/settings.ts'

export interface DetailsLayoutUse {
  readonly layout: ComputedRef<DetailsLayout>
  /** CSS pixels across the edge that can be dragged; undefined while nobody chose. */
  readonly size: ComputedRef<number | undefined>
  readonly minimum: ComputedRef<number>
  openPage(page: DetailsPage): void
  toggleDock(): void
  /** Shows another size without keeping it. */
  preview(size: number): void
  /** Keeps the size shown, or with undefined the usual one. */
  keep(size: number | undefined): void
}

export function useDetailsLayout(): DetailsLayoutUse {
  const settings = useSettings()
  const dragged = shallowRef<number>()
  /** What was chosen here and is on its way to the host. */
  const chosen = shallowRef<DetailsLayout>()
  const layout = computed(() => chosen.value ?? settings.current.details)
  const isRight = computed(() => layout.value.dock === 'right')

  async function change(next: DetailsLayout): Promise<void> {
    chosen.value = next
    await settings.change({ details: next })
    if (chosen.value === next) chosen.value = undefined
  }
  return {
    layout,
    size: computed(() => dragged.value ?? (isRight.value ? layout.value.width : layout.value.height)),
    minimum: computed(() => (isRight.value ? minimumDetailsWidth : minimumDetailsHeight)),
    openPage: (page) => void change({ ...layout.value, page }),
    toggleDock: () => void change({ ...layout.value, dock: isRight.value ? 'bottom' : 'right' }),
    preview: (size) => (dragged.value = size),
    keep: (size) => {
      dragged.value = undefined
      const { height, width, ...rest } = layout.value
      const sizes = { ...(height === undefined ? {} : { height }), ...(width === undefined ? {} : { width }) }
      const { [isRight.value ? 'width' : 'height']: _old, ...other } = sizes
      void change({ ...rest, ...other, ...(size === undefined ? {} : { [isRight.value ? 'width' : 'height']: size }) })
    },
  }
}
