/** The lines of the process page: groups with their rows, or processes as a tree. */
import { computed, watch, type ComputedRef } from 'vue'
import { useProcessParents } from '../../stores/process-parents.ts'
import type { GroupPageState } from '../../stores/group-pages.ts'
import { remoteCount } from '../../view/grouping/distinct-remotes.ts'
import type { GroupValue } from '../../view/grouping/group-order.ts'
import { groupingByOwner, type OwnerGrouping } from '../../view/grouping/owner-groupings.ts'
import { processTree } from '../../view/grouping/process-tree.ts'
import type { RowGroups } from '../../view/grouping/row-groups.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { isSumColumn, sumOf } from '../groups/group-columns.ts'
import { linesOf, type GroupLines } from '../groups/group-lines.ts'
import type { RowValue } from '../groups/group-page-model.ts'
import { useRowGroups, type GroupedRows } from '../groups/use-row-groups.ts'
import { describeProcessGroup } from './process-groups.ts'
import { treeLines, type ProcessLine } from './tree-lines.ts'

export interface ProcessLines {
  readonly rows: GroupedRows
  readonly lines: ComputedRef<GroupLines<ProcessLine | RowValue>>
  /** What the rows are grouped by; a tree is made of processes. */
  readonly owners: () => OwnerGrouping
}

const ownersOf = (grouping: string): OwnerGrouping => (grouping === 'executable' || grouping === 'user' ? grouping : 'process')

export function useProcessLines(): ProcessLines {
  const parents = useProcessParents()
  const rows = useRowGroups({ page: 'processes', groupingOf: (name) => groupingByOwner(ownersOf(name)), valueOf })
  const { mirror } = rows
  const owners = (): OwnerGrouping => ownersOf(rows.state.value.grouping)
  const isTree = computed(() => rows.state.value.grouping === 'tree')
  watch(
    [isTree, rows.version],
    () => {
      if (isTree.value) parents.want(rows.order().flatMap((group) => mirror.ownerOf(rows.groups().firstSlotOf(group)) ?? []))
    },
    { immediate: true },
  )
  const tree = (): GroupLines<ProcessLine | RowValue> => {
    const trees = rows.order().map((group) => {
      const owner = mirror.ownerOf(rows.groups().firstSlotOf(group))
      // Rows without a known owner are a group as well; no process has a negative number.
      return owner === undefined ? { group, pid: -1 - group, parents: [] } : { group, pid: owner.pid, parents: parents.of(owner) }
    })
    return linesOf(treeLines({ mirror, groupOf: rows.valueOfGroup, touched: rows.state.value.expanded }, processTree(trees)))
  }
  const lines = computed((): GroupLines<ProcessLine | RowValue> => {
    void rows.version.value
    if (!isTree.value) return rows.lines.value
    void parents.version
    return tree()
  })
  return { rows, lines, owners }
}

function valueOf(mirror: RowMirror, groups: RowGroups, { sort: { column }, grouping }: GroupPageState): GroupValue {
  if (isSumColumn(column)) return sumOf(groups, column)
  if (column === 'remotes') return (group) => remoteCount(mirror, groups.slotsOf(group))
  const describe = (group: number) => describeProcessGroup(mirror, groups.slotsOf(group), ownersOf(grouping))
  if (column === 'pid') return (group) => describe(group).processes[0]?.pid ?? Number.NaN
  return (group) => {
    const { name, user } = describe(group)
    const text = column === 'user' ? user : name
    // Groups without a name come last.
    return text === undefined ? '\uFFFF' : text.toLowerCase()
  }
}
