/** What a page of groups is made of beside its frame: which groups, and what is said and known of each. */
import type { ComputedRef } from 'vue'
import type { Query } from '../../../src-shared/query/query.ts'
import type { GroupPageId } from '../../stores/group-pages.ts'
import type { GroupColumn, GroupLines } from './group-lines.ts'
import type { PageRows } from './use-page-rows.ts'

/** One socket, on a line of its own below what it belongs to. */
export interface RowValue {
  readonly kind: 'row'
  readonly slot: number
}

export type Slots = Int32Array | readonly number[]

export interface GroupPageModel<Group> {
  readonly page: GroupPageId
  readonly rows: PageRows
  readonly columns: ComputedRef<readonly GroupColumn[]>
  readonly lines: ComputedRef<GroupLines<Group | RowValue>>
  /** How many groups of what, in words. */
  readonly summary: ComputedRef<string>
  /** Sockets that the search leaves, and all that the page could show. To be asked after each look. */
  readonly counts: () => { readonly shown: number; readonly all: number }
  /** What can be copied and saved as a table, in order; what only stands above others is left out. */
  readonly groups: () => readonly Group[]
  /** What a line is called, for menus and for jumping to it by its beginning. */
  readonly nameOf: (group: Group, typed?: string) => string
  /** A cell in words; empty for what is not known or drawn. */
  readonly textOf: (group: Group, column: string) => string
  /** The facts of a line as data, under words that never change. */
  readonly recordOf: (group: Group) => object
  readonly slotsOf: (group: Group) => Slots
  /** What finds its rows. */
  readonly queryOf: (group: Group) => Query
  /** It finds more than the search of the page lets through, and that search would hide it again. */
  readonly showsBeyondSearch?: true
  /** Connections that belong to it without being among its rows, beside those that are. */
  readonly furtherSlotsOf?: (group: Group) => Slots
  /** A remote address that stands for it; undefined where it has none. */
  readonly addressOf?: (group: Group) => { readonly address: string; readonly isNetwork: boolean } | undefined
}

export function isRow(value: { readonly kind: string }): value is RowValue {
  return value.kind === 'row'
}
