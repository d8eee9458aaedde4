/** Groups of rows as lines: the groups in their order, the rows of unfolded ones below them. */
import { computed, type ComputedRef } from 'vue'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { GroupOrder, type GroupValue } from '../../view/grouping/group-order.ts'
import { RowGroups, type GroupId, type Grouping } from '../../view/grouping/row-groups.ts'
import type { GroupPageId, GroupPageState } from '../../stores/group-pages.ts'
import type { GroupLine, GroupLines } from './group-lines.ts'
import { usePageRows, type PageRows } from './use-page-rows.ts'

export type GroupOrRow =
  | { readonly kind: 'group'; readonly group: GroupId; readonly key: string; readonly slots: Int32Array }
  | { readonly kind: 'row'; readonly slot: number }

export interface GroupedRows extends PageRows {
  /** The groups of the latest look; another object when the grouping changed. */
  readonly groups: () => RowGroups
  readonly order: () => readonly GroupId[]
  readonly lines: ComputedRef<GroupLines<GroupOrRow>>
}

interface GroupedRowsOptions {
  readonly page: GroupPageId
  readonly groupingOf: (name: string) => Grouping
  /** What to order groups by; asked once per look. */
  readonly valueOf: (mirror: RowMirror, groups: RowGroups, state: GroupPageState) => GroupValue
}

export function useRowGroups({ page, groupingOf, valueOf }: GroupedRowsOptions): GroupedRows {
  let grouping = ''
  let groups: RowGroups
  let order: GroupOrder
  /** A group as its id, a row as the negative of its slot, less one. */
  let codes: number[] = []
  const rows = usePageRows(page, (state, { mirror, predicate, held }) => {
    if (state.grouping !== grouping) {
      grouping = state.grouping
      groups = new RowGroups(groupingOf(grouping))
      order = new GroupOrder()
    }
    groups.update(mirror, predicate)
    order.arrange(groups, { valueOf: valueOf(mirror, groups, state), descending: state.sort.descending, hold: held })
    codes = state.expanded.size === 0 ? [...order.order] : withRows(groups, order.order, state.expanded)
  })
  const lineAt = (index: number): GroupLine<GroupOrRow> | undefined => {
    const code = codes[index]
    if (code === undefined) return undefined
    if (code >= 0) return groupLine(groups, code, rows.state.value.expanded)
    const slot = -code - 1
    return { key: rowKey(rows.mirror, slot), level: 2, isDetail: true, value: { kind: 'row', slot } }
  }
  return {
    ...rows,
    groups: () => groups,
    order: () => order.order,
    lines: computed(() => {
      void rows.version.value
      return {
        count: codes.length,
        at: lineAt,
        indexOf: (key) => codes.findIndex((code) => key === (code >= 0 ? groups.keyOf(code) : rowKey(rows.mirror, -code - 1))),
      }
    }),
  }
}

function withRows(groups: RowGroups, order: readonly GroupId[], expanded: ReadonlySet<string>): number[] {
  const codes: number[] = []
  for (const group of order) {
    codes.push(group)
    if (expanded.has(groups.keyOf(group))) for (const slot of groups.slotsOf(group)) codes.push(-slot - 1)
  }
  return codes
}

function groupLine(groups: RowGroups, group: GroupId, expanded: ReadonlySet<string>): GroupLine<GroupOrRow> {
  const key = groups.keyOf(group)
  return { key, level: 1, expanded: expanded.has(key), value: { kind: 'group', group, key, slots: groups.slotsOf(group) } }
}

/** Told apart from the keys of groups by a sign that these never begin with. */
function rowKey({ columns }: RowMirror, slot: number): string {
  return `#${columns.rowId[slot]}`
}
