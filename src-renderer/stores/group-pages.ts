/** How the pages of groups are set: what they are filtered by, how they are grouped and sorted, what is unfolded. */
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { parseQuery } from '../../src-shared/query/parse-query.ts'
import type { QueryError } from '../../src-shared/query/query-error.ts'
import type { Query } from '../../src-shared/query/query.ts'
import { ownerGroupings } from '../view/grouping/owner-groupings.ts'
import { remoteGroupings } from '../view/grouping/remote-groupings.ts'

export const groupPageIds = ['processes', 'listening', 'remotes'] as const
export type GroupPageId = (typeof groupPageIds)[number]

/** What each page can be grouped by, the usual one first. */
export const groupingsOf = {
  processes: [...ownerGroupings, 'tree'],
  listening: ['port', 'program'],
  remotes: remoteGroupings,
} as const satisfies Readonly<Record<GroupPageId, readonly string[]>>

export interface GroupPageState {
  readonly text: string
  readonly query: Query
  /** What is wrong with the text; the last good query stays in force meanwhile. */
  readonly error: QueryError | undefined
  readonly grouping: string
  readonly sort: { readonly column: string; readonly descending: boolean }
  /** Keys of unfolded lines. */
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
  text: '',
  query: { kind: 'everything' },
  error: undefined,
  grouping,
  sort: { column, descending },
  expanded: new Set(),
})

export const useGroupPages = defineStore('group-pages', () => {
  const pages = shallowReactive<Record<GroupPageId, GroupPageState>>({
    processes: usual('process', 'sockets', true),
    listening: usual('port', 'port', false),
    remotes: usual('address', 'sockets', true),
  })
  const change = (page: GroupPageId, next: Partial<GroupPageState>): void => {
    pages[page] = { ...pages[page], ...next }
  }
  return {
    pages,
    setText(page: GroupPageId, text: string): void {
      const result = parseQuery(text)
      change(page, result.ok ? { text, query: result.query, error: undefined } : { text, error: result.error })
    },
    setGrouping(page: GroupPageId, grouping: string): void {
      change(page, { grouping, expanded: new Set() })
    },
    setSort(page: GroupPageId, sort: GroupPageState['sort']): void {
      change(page, { sort })
    },
    /** As a saved view has it; words that are not known are left out. False when its search was. */
    restore(page: GroupPageId, { text, grouping, sort }: RestoredPage): boolean {
      const result = parseQuery(text)
      const known = groupingsOf[page].some((each) => each === grouping)
      change(page, {
        ...(result.ok ? { text, query: result.query } : { text: '', query: { kind: 'everything' } }),
        error: undefined,
        ...(known && grouping !== undefined ? { grouping } : {}),
        ...(sort === undefined ? {} : { sort }),
        expanded: new Set(),
      })
      return result.ok
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
