/** How the pages of groups are set outlives the window: taken up again at the start, written down a moment after each change. */
import { onBeforeUnmount, watch } from 'vue'
import { useGroupPages, groupPageIds } from '../stores/group-pages.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { useSettings } from '../stores/settings.ts'
import { keepAfterMs } from './use-kept-filters.ts'

export function useKeptGroupPages(): void {
  const settings = useSettings()
  const pages = useGroupPages()
  const { clock } = useHostAccess()
  const asFound = JSON.stringify(pages.kept)
  let cancel: (() => void) | undefined
  let written: string | undefined

  const write = (): void => {
    cancel?.()
    cancel = undefined
    const now = JSON.stringify(pages.kept)
    if (written === undefined || now === written) return
    written = now
    void settings.change({ groupPages: pages.kept })
  }
  const restore = (): void => {
    const { groupPages, keepFilters } = settings.current
    // Whoever was quicker than the host has said what is wanted.
    if (JSON.stringify(pages.kept) === asFound) {
      for (const page of groupPageIds) {
        const kept = groupPages[page]
        if (kept !== undefined) pages.restore(page, { ...kept, text: keepFilters ? kept.text : '' })
      }
    }
    written = JSON.stringify(pages.kept)
  }
  watch(
    () => settings.loaded,
    (loaded) => loaded && restore(),
    { immediate: true },
  )
  watch(
    () => pages.kept,
    () => {
      cancel?.()
      cancel = clock.startTimer(write, keepAfterMs)
    },
  )
  // Who types and closes the window at once means it too.
  window.addEventListener('pagehide', write)
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', write)
    cancel?.()
  })
}
