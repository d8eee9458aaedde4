/** Processes below their parents. A process whose parents are not known yet, or that nobody has rows of, stands at the top. */
import type { RelatedProcess } from '../../../src-shared/contract/process-details.ts'
import type { GroupId } from './row-groups.ts'

export interface TreeGroup {
  readonly group: GroupId
  readonly pid: number
  /** The nearest first. Empty while they are not known. */
  readonly parents: readonly RelatedProcess[]
}

export type TreeNode =
  | { readonly kind: 'group'; readonly group: GroupId; readonly level: number }
  /** Has no sockets itself, but processes below it have. */
  | { readonly kind: 'ancestor'; readonly pid: number; readonly name: string | undefined; readonly level: number }

interface Node {
  readonly tree: TreeGroup | undefined
  readonly related: RelatedProcess | undefined
  readonly children: Node[]
}

/** Deeper ones are drawn at this depth: indentation must leave room for the name. */
const deepestLevel = 8

/**
 * `groups` in the order that brothers are to have. The first process of the system (pid 1, and launchd's or System's) has nearly
 * everything below it, which tells nothing: it and what is above it are left out unless it has sockets.
 */
export function processTree(groups: readonly TreeGroup[]): TreeNode[] {
  const nodes = new Map<number, Node>()
  const top: Node[] = []
  for (const tree of groups) {
    const node: Node = { tree, related: undefined, children: [] }
    // The bearer of a number before this one may still have rows; it has no place below anybody.
    if (nodes.has(tree.pid)) top.push(node)
    else nodes.set(tree.pid, node)
  }
  const placed = new Set<number>()
  for (const { pid } of groups) place(pid, nodes.get(pid)?.tree?.parents ?? [], { nodes, top, placed })
  const out: TreeNode[] = []
  const written = new Set<Node>()
  for (const node of top) write(node, 1, { out, written })
  // Parents were asked for at different times: together they may go in a circle, which has no top.
  for (const node of nodes.values()) write(node, 1, { out, written })
  return out
}

interface Placing {
  readonly nodes: Map<number, Node>
  readonly top: Node[]
  readonly placed: Set<number>
}

function place(pid: number, parents: readonly RelatedProcess[], placing: Placing): void {
  const node = placing.nodes.get(pid)
  if (node === undefined || placing.placed.has(pid)) return
  placing.placed.add(pid)
  const [parent, ...others] = parents
  if (parent === undefined || (parent.pid <= firstPid && !placing.nodes.has(parent.pid))) {
    placing.top.push(node)
    return
  }
  let above = placing.nodes.get(parent.pid)
  if (above === undefined) {
    above = { tree: undefined, related: parent, children: [] }
    placing.nodes.set(parent.pid, above)
  }
  above.children.push(node)
  place(parent.pid, above.tree?.parents ?? others, placing)
}

/** init, launchd; 0 stands for no process. */
const firstPid = 1

interface Writing {
  readonly out: TreeNode[]
  readonly written: Set<Node>
}

function write(node: Node, level: number, writing: Writing): void {
  if (writing.written.has(node)) return
  writing.written.add(node)
  const { tree, related, children } = node
  if (tree !== undefined) writing.out.push({ kind: 'group', group: tree.group, level })
  else if (related !== undefined) writing.out.push({ kind: 'ancestor', pid: related.pid, name: related.name, level })
  for (const child of children) write(child, Math.min(level + 1, deepestLevel), writing)
}
