/**
 * How the keyboard walks through the machine: left and right from state to state in the order of life; down takes the first arrow that
 * leaves the state, up and down go through its arrows, right follows the arrow, left goes back to where it begins.
 */
import type { MachineEdge, MachineNode } from './machine-layout.ts'

export interface Machine {
  readonly nodes: readonly MachineNode[]
  readonly edges: readonly MachineEdge[]
}

/** Id of the node or arrow that the key leads to; undefined for keys that mean nothing here. */
export function walk({ nodes, edges }: Machine, at: string, key: string): string | undefined {
  const edge = edges.find(({ id }) => id === at)
  return edge === undefined ? fromNode(nodes, edges, at, key) : fromEdge(nodes, edges, edge, key)
}

function fromNode(nodes: readonly MachineNode[], edges: readonly MachineEdge[], at: string, key: string): string | undefined {
  const index = nodes.findIndex(({ id }) => id === at)
  const leaving = edges.filter(({ from }) => from === nodes[index]?.state)
  switch (key) {
    case 'ArrowRight':
      return nodes[(index + 1) % nodes.length]?.id
    case 'ArrowLeft':
      return nodes[(index + nodes.length - 1) % nodes.length]?.id
    case 'ArrowDown':
      return leaving[0]?.id ?? at
    case 'ArrowUp':
      return leaving.at(-1)?.id ?? at
    case 'Home':
      return nodes[0]?.id
    case 'End':
      return nodes.at(-1)?.id
    default:
      return undefined
  }
}

function fromEdge(nodes: readonly MachineNode[], edges: readonly MachineEdge[], edge: MachineEdge, key: string): string | undefined {
  const siblings = edges.filter(({ from }) => from === edge.from)
  const index = siblings.indexOf(edge)
  switch (key) {
    case 'ArrowDown':
      return siblings[(index + 1) % siblings.length]?.id
    case 'ArrowUp':
      return siblings[(index + siblings.length - 1) % siblings.length]?.id
    case 'ArrowRight':
      return nodes.findLast(({ state }) => state === edge.to)?.id
    case 'ArrowLeft':
    case 'Escape':
      return nodes.find(({ state }) => state === edge.from)?.id
    default:
      return undefined
  }
}
