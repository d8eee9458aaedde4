/** Joins the names with the rows that show them, the settings that allow them and the filter that asks for them. */
import { onBeforeUnmount, watch } from 'vue'
import { namesUsed } from '../../src-shared/query/index.ts'
import { useConnections } from '../stores/connections.ts'
import { useFilters } from '../stores/filters.ts'
import { useNames } from '../stores/names.ts'
import { useSettings } from '../stores/settings.ts'
import { sortsByNames } from '../view/row-names.ts'

export function useNamesWiring(): void {
  const connections = useConnections()
  const filters = useFilters()
  const names = useNames()
  const settings = useSettings()
  const { view } = connections
  /** Whether names decide which rows are shown, or where. */
  const decide = (): boolean => namesUsed(filters.query).size > 0 || sortsByNames(view.sort)

  watch(() => settings.current, names.follow, { immediate: true })
  watch([() => connections.version, () => filters.query], () => decide() && names.wantAll(view.mirror))
  onBeforeUnmount(names.start(view.mirror.names, () => connections.namesLearned(decide())))
}
