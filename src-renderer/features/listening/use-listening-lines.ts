/** The lines of the listening page: ports with their endpoints, or programs with their ports. */
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import { useText } from '../../i18n/use-text.ts'
import { listeningPorts, type ListeningPort } from '../../view/grouping/listening-ports.ts'
import { useConnections } from '../../stores/connections.ts'
import { linesOf, type GroupLine, type GroupLines, type GroupSort } from '../groups/group-lines.ts'
import type { RowValue } from '../groups/group-page-model.ts'
import { usePageRows, type PageRows } from '../groups/use-page-rows.ts'
import { rowLine } from '../groups/use-row-groups.ts'
import { breadthOf, sensitiveOf } from './listening-words.ts'
import { visibilities } from '../../../src-shared/model/visibility.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'

export type ListeningLine =
  | { readonly kind: 'port'; readonly port: ListeningPort }
  | { readonly kind: 'program'; readonly name: string; readonly ports: readonly ListeningPort[] }
type Line = GroupLine<ListeningLine | RowValue>

export interface ListeningLines {
  readonly rows: PageRows
  /** In order. */
  readonly ports: Readonly<Ref<readonly ListeningPort[]>>
  readonly lines: ComputedRef<GroupLines<ListeningLine | RowValue>>
  /** Listening sockets that the search leaves, and all of them. */
  readonly counts: () => { readonly shown: number; readonly all: number }
  /** Program of a port, or why it is not known. */
  readonly ownerName: (port: ListeningPort) => string
  readonly serviceName: (port: ListeningPort) => string
}

export function useListeningLines(): ListeningLines {
  const { t } = useText()
  const { mirror } = useConnections().view
  const ports = shallowRef<readonly ListeningPort[]>([])
  const ownerName = (port: ListeningPort): string => {
    const [owner] = port.owners
    if (owner !== undefined) return programName(owner)
    const { visibility } = mirror.columns
    return t(`visibility.${visibilities[visibility[port.slots[0] ?? 0] ?? 0] ?? 'pending'}`)
  }
  const serviceName = (port: ListeningPort): string => serviceOf(mirror, port)
  let counts = { shown: 0, all: 0 }
  const rows: PageRows = usePageRows('listening', (state, { predicate, keepsOrder }) => {
    const { ports: found, ...counted } = listeningPorts(mirror, predicate)
    counts = counted
    ports.value = keepsOrder ? inOrderOf(ports.value, found) : sortedPorts(found, state.sort, { ownerName, serviceName })
  })
  const lines = computed((): GroupLines<ListeningLine | RowValue> => {
    void rows.version.value
    const { expanded, grouping } = rows.state.value
    if (grouping !== 'program') return linesOf(ports.value.flatMap((port) => portLines(rows.mirror, port, 1, expanded)))
    const programs = Map.groupBy(ports.value, ownerName)
    return linesOf([...programs].flatMap(([name, own]) => programLines(rows.mirror, name, own, expanded)))
  })
  return { rows, ports, lines, counts: () => counts, ownerName, serviceName }
}

export function programName({ name, pid }: ProcessRecord): string {
  return visibleText(name ?? String(pid))
}

/** What runs there by its program or its port, else what the port is registered for. */
function serviceOf({ names }: RowMirror, port: ListeningPort): string {
  return sensitiveOf(port)?.name ?? names.services?.ofListener(port.port, port.protocol) ?? ''
}

/** Programs are unfolded until somebody folds them. */
function programLines(mirror: RowMirror, name: string, ports: readonly ListeningPort[], touched: ReadonlySet<string>): Line[] {
  const key = `program ${name}`
  const expanded = !touched.has(key)
  const lines: Line[] = [{ key, level: 1, expanded, value: { kind: 'program', name, ports } }]
  return expanded ? lines.concat(ports.flatMap((port) => portLines(mirror, port, 2, touched))) : lines
}

/** Only a port of several endpoints has something to unfold; one endpoint stands in its line. */
function portLines(mirror: RowMirror, port: ListeningPort, level: number, expanded: ReadonlySet<string>): Line[] {
  const open = expanded.has(port.key)
  const line: Line = {
    key: port.key,
    level,
    expanded: port.slots.length > 1 ? open : undefined,
    value: { kind: 'port', port },
  }
  if (!open || port.slots.length === 1) return [line]
  return [line, ...port.slots.map((slot) => rowLine(mirror, slot, level + 1))]
}

interface Words {
  readonly ownerName: (port: ListeningPort) => string
  readonly serviceName: (port: ListeningPort) => string
}

function sortedPorts(ports: readonly ListeningPort[], { column, descending }: GroupSort, words: Words): ListeningPort[] {
  const valueOf = portValue(column, words)
  const sign = descending ? -1 : 1
  // Equal ones by number of the port, whatever the direction.
  return ports.toSorted((a, b) => sign * compare(valueOf(a), valueOf(b)) || a.port - b.port || compare(a.protocol, b.protocol))
}

function portValue(column: string, { ownerName, serviceName }: Words): (port: ListeningPort) => number | string {
  switch (column) {
    case 'exposure':
      return ({ scope }) => breadthOf(scope)
    case 'service':
      return (port) => serviceName(port).toLowerCase() || '\uFFFF'
    case 'owner':
      return (port) => ownerName(port).toLowerCase()
    case 'accepted':
      return ({ accepted }) => accepted ?? -1
    case 'queue':
      return ({ queued, backlog }) => (queued === undefined ? -1 : queued / Math.max(1, backlog ?? 1))
    case 'since':
      return ({ firstSeenAt }) => firstSeenAt
    default:
      return ({ port }) => port
  }
}

function compare(a: number | string, b: number | string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** What was there stays where it was; what is new comes last. */
function inOrderOf(before: readonly ListeningPort[], found: readonly ListeningPort[]): ListeningPort[] {
  const byKey = new Map(found.map((port) => [port.key, port]))
  const kept = before.flatMap(({ key }) => byKey.get(key) ?? [])
  const known = new Set(kept)
  return [...kept, ...found.filter((port) => !known.has(port))]
}
