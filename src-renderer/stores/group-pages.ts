/** How the pages of groups are set: what they are filtered by, how they are grouped and sorted, what is unfolded. */
import { defineStore } from 'pinia'
import { computed, markRaw, reactive, shallowReactive } from 'vue'
import type { KeptGroupPages } from '../../src-shared/model/kept-group-pages.ts'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import { ownerGroupings } from '../view/grouping/owner-groupings.ts'
import { remoteGroupings } from '../view/grouping/remote-groupings.ts'
import { useHostAccess } from './host-access.ts'
import { createSearchText, type SearchText } from './search-text.ts'

export const groupPageIds = ['processes', 'listening', 'remotes'] as const
export type GroupPageId = (typeof groupPageIds)[number]

/** What each page can be grouped by, the usual one first. */
export const groupingsOf = {
  processes: [...ownerGroupings, 'tree'],
  listening: ['port', 'program'],
  remotes: remoteGroupings,
} as const satisfies Readonly<Record<GroupPageId, readonly string[]>>

export interface GroupPageState {
  readonly grouping: string
  readonly sort: { readonly column: string; readonly descending: boolean }
  /** Keys of lines that were unfolded, or folded where they are unfolded by themselves. */
  readonly expanded: ReadonlySet<string>
}

interface RestoredPage {
  readonly text: string
  readonly grouping: string | undefined
  readonly sort: GroupPageState['sort'] | undefined
}

/** More unfolded groups than anyone reads; the oldest are folded. */
const maximumExpanded = 200

const usual = (grouping: string, column: string, descending: boolean): GroupPageState => ({
  grouping,
  sort: { column, descending },
  expanded: new Set(),
})

export const useGroupPages = defineStore('group-pages', () => {
  const { clock } = useHostAccess()
  const pages = shallowReactive<Record<GroupPageId, GroupPageState>>({
    processes: usual('process', 'sockets', true),
    listening: usual('port', 'port', false),
    remotes: usual('address', 'sockets', true),
  })
  const newSearch = (): SearchText => reactive(createSearchText(clock))
  const searches = markRaw<Record<GroupPageId, SearchText>>({ processes: newSearch(), listening: newSearch(), remotes: newSearch() })
  const change = (page: GroupPageId, next: Partial<GroupPageState>): void => {
    pages[page] = { ...pages[page], ...next }
  }
  const keptOf = (page: GroupPageId): NonNullable<KeptGroupPages[GroupPageId]> => {
    const { grouping, sort } = pages[page]
    return { text: searches[page].keptText, grouping, sort: { ...sort } }
  }
  return {
    pages,
    searches,
    setGrouping(page: GroupPageId, grouping: string): void {
      change(page, { grouping, expanded: new Set() })
    },
    setSort(page: GroupPageId, sort: GroupPageState['sort']): void {
      change(page, { sort })
    },
    /** As it is to be kept. */
    kept: computed((): Required<KeptGroupPages> => ({
      processes: keptOf('processes'),
      listening: keptOf('listening'),
      remotes: keptOf('remotes'),
    })),
    /** As a saved view or the last run has it; words that are not known are left out. False when its search was. */
    restore(page: GroupPageId, { text, grouping, sort }: RestoredPage): boolean {
      const isGood = parseQuery(text).ok
      const isKnown = groupingsOf[page].some((each) => each === grouping)
      searches[page].setText(isGood ? text : '')
      change(page, {
        ...(isKnown && grouping !== undefined ? { grouping } : {}),
        ...(sort === undefined ? {} : { sort }),
        expanded: new Set(),
      })
      return isGood
    },
    toggle(page: GroupPageId, key: string): void {
      const expanded = new Set(pages[page].expanded)
      if (!expanded.delete(key)) expanded.add(key)
      for (const oldest of expanded) {
        if (expanded.size <= maximumExpanded) break
        expanded.delete(oldest)
      }
      change(page, { expanded })
    },
  }
})
