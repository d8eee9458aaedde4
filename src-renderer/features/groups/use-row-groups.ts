/** Groups of rows as lines: the groups in their order, the rows of unfolded ones below them. */
import { computed, type ComputedRef } from 'vue'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { GroupOrder, type GroupValue } from '../../view/grouping/group-order.ts'
import { oldestFirst } from '../../view/grouping/oldest-first.ts'
import { RowGroups, type GroupId, type Grouping } from '../../view/grouping/row-groups.ts'
import type { GroupPageId, GroupPageState } from '../../stores/group-pages.ts'
import type { GroupLine, GroupLines } from './group-lines.ts'
import type { RowValue } from './group-page-model.ts'
import { usePageRows, type PageRows } from './use-page-rows.ts'

export interface GroupValueOfLine {
  readonly kind: 'group'
  readonly group: GroupId
  readonly key: string
  /** Valid until the next look at the rows. */
  readonly slots: Int32Array
}
export type GroupOrRow = GroupValueOfLine | RowValue

export interface GroupedRows extends PageRows {
  /** The groups of the latest look; another object when the grouping changed. */
  readonly groups: () => RowGroups
  readonly order: () => readonly GroupId[]
  /** A group as a line has it. */
  readonly valueOfGroup: (group: GroupId) => GroupValueOfLine
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
  let codes: Int32Array | readonly number[] = []
  const rows = usePageRows(page, (state, { mirror, predicate, keepsOrder }) => {
    if (state.grouping !== grouping) {
      grouping = state.grouping
      groups = new RowGroups(groupingOf(grouping))
      order = new GroupOrder()
    }
    groups.update(mirror, predicate)
    order.arrange(groups, { valueOf: valueOf(mirror, groups, state), descending: state.sort.descending, hold: keepsOrder })
    codes = state.expanded.size === 0 ? order.order : withRows(mirror, groups, order.order, state.expanded)
  })
  const valueOfGroup: GroupedRows['valueOfGroup'] = (group) => ({
    kind: 'group',
    group,
    key: groups.keyOf(group),
    slots: groups.slotsOf(group),
  })
  const lineAt = (index: number): GroupLine<GroupOrRow> | undefined => {
    const code = codes[index]
    if (code === undefined) return undefined
    if (code < 0) return rowLine(rows.mirror, -code - 1, 2)
    const value = valueOfGroup(code)
    return { key: value.key, level: 1, expanded: rows.state.value.expanded.has(value.key), value }
  }
  const codeOf = (key: string): number | undefined => {
    if (!key.startsWith(rowMark)) return groups.idOfKey(key)
    const slot = rows.mirror.slotOfRow(Number(key.slice(rowMark.length)))
    return slot === undefined ? undefined : -slot - 1
  }
  return {
    ...rows,
    groups: () => groups,
    order: () => order.order,
    valueOfGroup,
    lines: computed(() => {
      void rows.version.value
      const shown = codes
      return {
        count: shown.length,
        at: lineAt,
        indexOf: (key) => {
          const code = codeOf(key)
          return code === undefined ? -1 : shown.indexOf(code)
        },
      }
    }),
  }
}

function withRows(mirror: RowMirror, groups: RowGroups, order: readonly GroupId[], expanded: ReadonlySet<string>): Int32Array {
  const unfolded = new Set([...expanded].flatMap((key) => groups.idOfKey(key) ?? []))
  const more = [...unfolded].reduce((sum, group) => sum + (groups.totals.sockets[group] ?? 0), 0)
  const codes = new Int32Array(order.length + more)
  let next = 0
  for (const group of order) {
    codes[next] = group
    next += 1
    if (!unfolded.has(group)) continue
    for (const slot of oldestFirst(mirror, groups.slotsOf(group))) {
      codes[next] = -slot - 1
      next += 1
    }
  }
  return codes.subarray(0, next)
}

/** Told apart from the keys of groups, which may be names of any signs but NUL. */
const rowMark = '\0#'

/** A socket below what it belongs to. */
export function rowLine({ columns }: RowMirror, slot: number, level: number): GroupLine<RowValue> {
  return { key: `${rowMark}${columns.rowId[slot]}`, level, isDetail: true, value: { kind: 'row', slot } }
}
