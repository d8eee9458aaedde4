/** Views with names: taking down what is shown, opening, and keeping the list in the settings. */
import { computed, type ComputedRef } from 'vue'
import { noFilters } from '../../src-shared/model/kept-filters.ts'
import { maximumViews, viewNameSchema, viewPages, type SavedView, type ViewContent } from '../../src-shared/model/saved-view.ts'
import { viewText } from '../../src-shared/model/view-text.ts'
import * as v from 'valibot'
import type { MessageKey } from '../i18n/en.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useGroupPages } from '../stores/group-pages.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useNotices } from '../stores/notices.ts'
import { useSettings } from '../stores/settings.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import { useViews } from '../stores/views.ts'
import { useCopy } from './use-copy.ts'

export interface SavedViews {
  readonly list: ComputedRef<readonly SavedView[]>
  /** What is on screen now. */
  readonly current: () => ViewContent
  open(view: SavedView): void
  /** Opens what has no name (yet). */
  openContent(content: ViewContent): boolean
  /** Why the name cannot be given to a view; undefined when it can. `besides`: the view that has it already. */
  readonly nameProblem: (name: string, besides?: string) => MessageKey | undefined
  save(name: string, content: ViewContent): void
  /** Takes what is on screen over into the view that was opened. */
  update(name: string): void
  rename(name: string, next: string): void
  remove(name: string): void
  move(name: string, by: 1 | -1): void
  copy(name: string | undefined, content: ViewContent): void
}

export function useSavedViews(): SavedViews {
  const settings = useSettings()
  const state = useViews()
  const notices = useNotices()
  const copyText = useCopy()
  const { current, openContent } = useViewContent()
  const list = computed(() => settings.current.views)
  const keep = (views: readonly SavedView[]): void => void settings.change({ views: [...views] })
  const nameProblem: SavedViews['nameProblem'] = (name, besides) => {
    if (!v.safeParse(viewNameSchema, name).success) return 'views.badName'
    return name !== besides && list.value.some((view) => view.name === name) ? 'views.taken' : undefined
  }
  return {
    list,
    current,
    openContent,
    nameProblem,
    open({ name, ...content }) {
      if (!openContent(content)) notices.show('info', 'views.partly', { name })
      state.setOpened(name)
    },
    save(name, content) {
      if (nameProblem(name) !== undefined || list.value.length >= maximumViews) return
      keep([...list.value, { name, ...content }])
      state.setOpened(name)
      notices.show('info', 'views.saved', { name })
    },
    update(name) {
      keep(list.value.map((view) => (view.name === name ? { name, ...current() } : view)))
      notices.show('info', 'views.saved', { name })
    },
    rename(name, next) {
      if (nameProblem(next, name) !== undefined) return
      keep(list.value.map((view) => (view.name === name ? { ...view, name: next } : view)))
      if (state.opened === name) state.setOpened(next)
    },
    remove(name) {
      keep(list.value.filter((view) => view.name !== name))
      if (state.opened === name) state.setOpened(undefined)
      notices.show('info', 'views.deleted', { name })
    },
    move(name, by) {
      const from = list.value.findIndex((view) => view.name === name)
      const moved = list.value[from]
      const rest = list.value.filter((view) => view.name !== name)
      if (moved !== undefined && from + by >= 0 && from + by <= rest.length) keep(rest.toSpliced(from + by, 0, moved))
    },
    copy: (name, content) => void copyText(viewText(content, name)),
  }
}

function useViewContent(): Pick<SavedViews, 'current' | 'openContent'> {
  const navigation = useNavigation()
  const filters = useFilters()
  const evidence = useEvidence()
  const pages = useGroupPages()
  const layout = useTableLayout()
  const table = () => {
    const { columns, sort, density } = layout.arrangement
    return { columns, sort, density }
  }
  return {
    current: () => {
      const page = viewPages.find((each) => each === navigation.page) ?? 'connections'
      if (page === 'connections') return { page, filters: filters.kept, table: table() }
      const { grouping, sort } = pages.pages[page]
      return { page, filters: { ...noFilters, text: pages.searches[page].keptText }, grouping, groupSort: { ...sort } }
    },
    openContent: ({ page, filters: kept, grouping, groupSort, table: arranged }) => {
      navigation.open(page)
      if (page !== 'connections') return pages.restore(page, { text: kept.text, grouping, sort: groupSort })
      evidence.letGo()
      if (arranged !== undefined) layout.restore(arranged)
      return filters.restore(kept)
    },
  }
}
