/** The filters outlive the window: taken up again at the start, written down a moment after each change. */
import { onBeforeUnmount, watch } from 'vue'
import { useFilters } from '../stores/filters.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { useNotices } from '../stores/notices.ts'
import { useSettings } from '../stores/settings.ts'

/** Longer than the pauses of someone who types: the settings file is not written for every letter. */
export const keepAfterMs = 1000
/** As much of a text that was left out as fits a notice. */
const toldLength = 80

export function useKeptFilters(): void {
  const settings = useSettings()
  const filters = useFilters()
  const notices = useNotices()
  const { clock } = useHostAccess()
  let cancel: (() => void) | undefined
  let written = ''

  const write = (): void => {
    cancel?.()
    cancel = undefined
    const { kept } = filters
    const now = JSON.stringify(kept)
    if (!settings.loaded || !settings.current.keepFilters || now === written) return
    written = now
    void settings.change({ filters: kept })
  }
  const restore = (): void => {
    const { filters: kept, keepFilters } = settings.current
    written = JSON.stringify(kept)
    // Whoever was quicker than the host has said what is wanted.
    if (!keepFilters || filters.active || filters.text !== '') return
    if (filters.restore(kept)) return
    notices.show('error', 'keptFilters.dropped', { text: kept.text.slice(0, toldLength) })
    write()
  }
  watch(
    () => settings.loaded,
    (loaded) => loaded && restore(),
    { immediate: true },
  )
  watch([() => filters.kept, () => settings.current.keepFilters], () => {
    cancel?.()
    cancel = clock.startTimer(write, keepAfterMs)
  })
  // Who types and closes the window at once means it too.
  window.addEventListener('pagehide', write)
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', write)
    cancel?.()
  })
}
