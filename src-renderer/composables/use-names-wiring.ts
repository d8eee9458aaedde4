/** Joins the names with the rows that show them, the settings that allow them and the filter that asks for them. */
import { onBeforeUnmount, watch } from 'vue'
import { namesUsed } from '../../src-shared/query/index.ts'
import { useConnections } from '../stores/connections.ts'
import { useFilters } from '../stores/filters.ts'
import { useNames, type Learned } from '../stores/names.ts'
import { useSettings } from '../stores/settings.ts'
import { atMostEvery } from '../stores/at-most-every.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { sortsByNames, sortsByServices } from '../view/row-names.ts'

/** Placing and choosing all rows anew takes a part of a second at a hundred thousand, and names come in several times a second. */
const reconsiderEveryMs = 1000

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
  const { clock } = useHostAccess()
  const reconsidering = atMostEvery(clock, reconsiderEveryMs, () => connections.namesLearned(true))
  const onLearned = (what: Learned): void => {
    if (what === 'services' ? sortsByServices(view.sort) : decide()) reconsidering.ask()
    connections.namesLearned(false)
  }
  const stop = names.start(view.mirror.names, onLearned)
  onBeforeUnmount(() => {
    reconsidering.stop()
    stop()
  })
}
