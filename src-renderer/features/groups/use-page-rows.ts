/** Has a page of groups look at the rows: when they changed, and when the page is set otherwise. Nothing runs while it is not shown. */
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Protocol } from '../../../src-shared/model/columns.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { RowPredicate } from '../../../src-shared/query/index.ts'
import { useConnections } from '../../stores/connections.ts'
import { useGroupPages, type GroupPageId, type GroupPageState } from '../../stores/group-pages.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { rowFilter } from '../../stores/row-filter.ts'
import { useStatus } from '../../stores/status.ts'
import { allToggles } from '../../stores/toggles.ts'

export interface PageRows {
  readonly mirror: RowMirror
  readonly state: ComputedRef<GroupPageState>
  /** Raised after every look at the rows. */
  readonly version: Readonly<Ref<number>>
  /** Lines keep their places while they are held. */
  readonly hold: (held: boolean) => void
}

export interface PageLook {
  readonly mirror: RowMirror
  readonly predicate: RowPredicate | undefined
  readonly held: boolean
}

/** `look` is called at once and whenever there is something to see. */
export function usePageRows(page: GroupPageId, look: (state: GroupPageState, how: PageLook) => void): PageRows {
  const connections = useConnections()
  const pages = useGroupPages()
  const status = useStatus()
  const { clock } = useHostAccess()
  const { view } = connections
  const version = shallowRef(0)
  const held = shallowRef(false)
  const state = computed(() => pages.pages[page])
  const serviceName = (port: number, protocol: Protocol): string | undefined => view.mirror.names.services?.ofEnd(port, protocol)
  const query = computed(() => state.value.query)
  const filter = computed(() =>
    rowFilter({ query: query.value, toggles: allToggles, host: status.host, view, now: clock.now, serviceName }),
  )
  const run = (): void => {
    look(state.value, { mirror: view.mirror, predicate: filter.value.predicate, held: held.value })
    version.value += 1
  }
  let seen = ''
  // The table is repainted more often than rows change: colours end, people select.
  watch(
    () => connections.version,
    () => {
      const now = `${view.mirror.session} ${view.mirror.sequence}`
      if (now === seen && !filter.value.timeDependent) return
      seen = now
      run()
    },
    { immediate: true },
  )
  watch([filter, () => state.value.grouping, () => state.value.sort, () => state.value.expanded], () => {
    held.value = false // who asks for another order wants to see it
    run()
  })
  return {
    mirror: view.mirror,
    state,
    version,
    hold: (next) => {
      held.value = next
      if (!next) run()
    },
  }
}
