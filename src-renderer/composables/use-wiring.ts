/** Joins the stores, which do not know one another: one direction, from what the user chose to what is shown. */
import { onBeforeUnmount, watch, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { chooseLocale } from '../i18n/messages.ts'
import { useKeptFilters } from './use-kept-filters.ts'
import { useKeptGroupPages } from './use-kept-group-pages.ts'
import { useConnections } from '../stores/connections.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useFindings } from '../stores/findings.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { rowFilter } from '../stores/row-filter.ts'
import { useProcessHistory } from '../stores/process-history.ts'
import { useSettings } from '../stores/settings.ts'
import { useStatus } from '../stores/status.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import { useNamesWiring } from './use-names-wiring.ts'
import { useServiceNames } from './use-service-names.ts'

export function useWiring(): void {
  const connections = useConnections()
  const filters = useFilters()
  const findings = useFindings()
  const evidence = useEvidence()
  const settings = useSettings()
  const status = useStatus()
  const layout = useTableLayout()
  const recent = useProcessHistory()
  const { clock } = useHostAccess()
  const { locale } = useI18n({ useScope: 'global' })

  useNamesWiring()
  const { serviceName, serviceNamesInUse } = useServiceNames()
  watch(
    [() => filters.query, () => filters.toggles, () => evidence.shownIds, () => status.host, serviceNamesInUse],
    ([query, toggles, only, host]) => {
      const { predicate, timeDependent } = rowFilter({
        query,
        toggles,
        evidence: only,
        host,
        view: connections.view,
        now: clock.now,
        serviceName,
      })
      connections.setFilter(predicate, timeDependent)
    },
    { immediate: true },
  )
  watch(() => filters.states, connections.setStateFilter)
  watch(
    () => findings.report,
    (report) => report !== undefined && evidence.follow(report),
  )
  watch(() => settings.current.keepSorted, connections.setKeepSorted, { immediate: true })
  watch(() => settings.current.highlightMs, connections.setHighlightMs)
  watch(() => settings.current.table, layout.take, { immediate: true })
  watch(
    () => layout.toSave,
    (table) => table !== undefined && void settings.change({ table }),
  )
  watch(
    () => connections.version,
    () => recent.follow(connections.view.mirror),
  )
  watch(() => layout.sort, connections.setSort, { immediate: true })
  window.addEventListener('pagehide', layout.flush)
  watchEffect(() => {
    const { theme } = settings.current
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  })
  watchEffect(() => {
    locale.value = chooseLocale(settings.current.language, navigator.languages)
    document.documentElement.lang = locale.value
  })

  useKeptFilters()
  useKeptGroupPages()

  const stops = [status.start(), settings.start(), connections.start(), findings.start()]
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', layout.flush)
    for (const stop of stops) stop()
  })
}
