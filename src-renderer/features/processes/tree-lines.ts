/** Processes as a tree of lines that fold. Pure. */
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { oldestFirst } from '../../view/grouping/oldest-first.ts'
import type { TreeNode } from '../../view/grouping/process-tree.ts'
import type { GroupId } from '../../view/grouping/row-groups.ts'
import type { GroupLine } from '../groups/group-lines.ts'
import type { RowValue } from '../groups/group-page-model.ts'
import { rowLine, type GroupValueOfLine } from '../groups/use-row-groups.ts'

/** `sockets`: those of a process that stands above others, as a line among them. `ancestor`: without sockets of its own. */
export type ProcessLine =
  | GroupValueOfLine
  | (Omit<GroupValueOfLine, 'kind'> & { readonly kind: 'sockets' })
  | { readonly kind: 'ancestor'; readonly pid: number; readonly name: string | undefined }

interface TreeContext {
  readonly mirror: RowMirror
  readonly groupOf: (group: GroupId) => GroupValueOfLine
  /** Keys of lines that are not as they are by themselves: child processes unfolded, sockets folded. */
  readonly touched: ReadonlySet<string>
}

type Line = GroupLine<ProcessLine | RowValue>

/** `nodes`: each before those below it. */
export function treeLines(context: TreeContext, nodes: readonly TreeNode[]): Line[] {
  const lines: Line[] = []
  let foldedAt = Number.POSITIVE_INFINITY
  for (const [index, node] of nodes.entries()) {
    if (node.level > foldedAt) continue
    foldedAt = Number.POSITIVE_INFINITY
    const isParent = (nodes[index + 1]?.level ?? 0) > node.level
    const key = node.kind === 'ancestor' ? `^${node.pid}` : context.groupOf(node.group).key
    const isFolded = isParent && context.touched.has(key)
    if (isFolded) foldedAt = node.level
    lines.push(...linesOfNode(context, node, key, isParent ? !isFolded : undefined))
  }
  return lines
}

/** `unfolded`: whether its child processes are shown; undefined where it has none. */
function linesOfNode(context: TreeContext, node: TreeNode, key: string, unfolded: boolean | undefined): Line[] {
  const { level } = node
  if (node.kind === 'ancestor') return [{ key, level, expanded: unfolded, value: node }]
  const value = context.groupOf(node.group)
  if (unfolded === undefined) return withSockets(context, { key, level, value })
  const line: Line = { key, level, expanded: unfolded, value }
  if (!unfolded) return [line]
  return [line, ...withSockets(context, { key: `${key}\0sockets`, level: level + 1, value: { ...value, kind: 'sockets' } })]
}

function withSockets(
  { mirror, touched }: TreeContext,
  { key, level, value }: { key: string; level: number; value: Exclude<ProcessLine, { kind: 'ancestor' }> },
): Line[] {
  const expanded = touched.has(key)
  const line: Line = { key, level, expanded, value }
  return expanded ? [line, ...[...oldestFirst(mirror, value.slots)].map((slot) => rowLine(mirror, slot, level + 1))] : [line]
}
