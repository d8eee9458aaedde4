/** Has a page of groups look at the rows: when they changed, and when the page is set otherwise. Nothing runs while it is not shown. */
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { namesUsed, type RowPredicate } from '../../../src-shared/query/index.ts'
import { useServiceNames } from '../../composables/use-service-names.ts'
import { useConnections } from '../../stores/connections.ts'
import { useGroupPages, type GroupPageId, type GroupPageState } from '../../stores/group-pages.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { useNames } from '../../stores/names.ts'
import { rowFilter } from '../../stores/row-filter.ts'
import type { SearchText } from '../../stores/search-text.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import { allToggles } from '../../stores/toggles.ts'

export interface PageRows {
  readonly mirror: RowMirror
  readonly search: SearchText
  readonly state: ComputedRef<GroupPageState>
  /** Raised after every look at the rows, and when names that cells show were learned. */
  readonly version: Readonly<Ref<number>>
  /** How often the rows were looked at so far: groups and slots are those of the latest time. */
  readonly looks: () => number
  /** Lines keep their places although they would sort otherwise. */
  readonly keepsOrder: ComputedRef<boolean>
  /** Somebody is pointing at the lines. */
  readonly point: (pointed: boolean) => void
}

export interface PageLook {
  readonly mirror: RowMirror
  readonly predicate: RowPredicate | undefined
  readonly keepsOrder: boolean
}

/** `look` is called at once and whenever there is something to see; not while the table is frozen or held, unless the page is set otherwise. */
export function usePageRows(page: GroupPageId, look: (state: GroupPageState, how: PageLook) => void): PageRows {
  const connections = useConnections()
  const settings = useSettings()
  const names = useNames()
  const pages = useGroupPages()
  const { view } = connections
  const version = shallowRef(0)
  const pointed = shallowRef(false)
  const search = pages.searches[page]
  const state = computed(() => pages.pages[page])
  const keepsOrder = computed(() => pointed.value || !settings.current.keepSorted)
  const filter = usePageFilter(search)
  let looks = 0
  const run = (keeps: boolean): void => {
    looks += 1
    look(state.value, { mirror: view.mirror, predicate: filter.value.predicate, keepsOrder: keeps })
    version.value += 1
  }
  let seen = ''
  let namesSeen = -1
  // The table is repainted more often than rows change: colours end, people select.
  watch(
    () => connections.version,
    () => {
      const { mirror } = view
      const now = `${mirror.session} ${mirror.sequence}`
      const learned = mirror.names.version !== namesSeen
      namesSeen = mirror.names.version
      if (namesUsed(search.query).size > 0) names.wantAll(mirror)
      // Still or not, rows that were taken in are to be looked at: the slots of earlier ones may stand for others now.
      if (connections.still && now === seen) {
        if (learned) version.value += 1
        return
      }
      if (now === seen && !learned && !filter.value.timeDependent) return
      const isFirst = seen === ''
      seen = now
      run(!isFirst && keepsOrder.value)
    },
    { immediate: true },
  )
  // Who asks for something else wants to see it.
  watch([filter, () => state.value.grouping, () => state.value.sort], () => run(false))
  watch(
    () => state.value.expanded,
    () => run(true),
  )
  return {
    mirror: view.mirror,
    search,
    state,
    version,
    looks: () => looks,
    keepsOrder,
    point: (next) => {
      pointed.value = next
      if (!next && !keepsOrder.value && !connections.still) run(false)
    },
  }
}

function usePageFilter(search: SearchText) {
  const { view } = useConnections()
  const status = useStatus()
  const { clock } = useHostAccess()
  const { serviceName, serviceNamesInUse } = useServiceNames()
  return computed(() => {
    void serviceNamesInUse()
    return rowFilter({ query: search.query, toggles: allToggles, host: status.host, view, now: clock.now, serviceName })
  })
}
