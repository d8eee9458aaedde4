/** Searches a person finished typing, the latest first; kept with the settings. */
import { computed } from 'vue'
import { maximumRecentQueries } from '../../src-shared/model/kept-filters.ts'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import { useSettings } from '../stores/settings.ts'

export function useRecentQueries() {
  const settings = useSettings()
  const list = computed(() => settings.current.recentQueries)
  return {
    list,
    /** Puts a search at the front. One that is wrong or matches everything is not worth remembering. */
    add(text: string): void {
      const query = text.trim()
      const outcome = parseQuery(query)
      if (!outcome.ok || outcome.query.kind === 'everything' || list.value[0] === query) return
      const others = list.value.filter((each) => each !== query)
      void settings.change({ recentQueries: [query, ...others].slice(0, maximumRecentQueries) })
    },
    remove(text: string): void {
      void settings.change({ recentQueries: list.value.filter((each) => each !== text) })
    },
  }
}
