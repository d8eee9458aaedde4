/** Rows by who owns them. Rows without a known owner are grouped by why it is not known. A shared socket counts for its first owner. */
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { userText } from '../row-facts.ts'
import type { GroupId, Grouping } from './row-groups.ts'

export const ownerGroupings = ['process', 'executable', 'user'] as const
export type OwnerGrouping = (typeof ownerGroupings)[number]

export function groupingByOwner(by: OwnerGrouping): Grouping {
  if (by === 'user') return { begin: byUser }
  const keyOf = by === 'process' ? processKey : executableKey
  return { begin: (mirror, idOf) => byProcess(mirror, idOf, keyOf) }
}

/** The same for one process whatever session its rows belong to. */
export function processKey({ pid, startToken }: ProcessRecord): string {
  return `${pid}/${startToken}`
}

function executableKey({ executable, name, pid }: ProcessRecord): string {
  return executable ?? name ?? String(pid)
}

function byProcess(
  mirror: RowMirror,
  idOf: (key: string) => GroupId,
  keyOf: (process: ProcessRecord) => string,
): (slot: number) => GroupId {
  const { owner } = mirror.columns
  const groups = new Map<number, GroupId>()
  const ownerless = byVisibility(mirror, idOf)
  // Neighbours often belong together; asking the map for each of them would cost most of the pass.
  let lastReference = 0
  let lastGroup = 0
  return (slot) => {
    const reference = owner[slot] as number
    if (reference === 0) return ownerless(slot)
    if (reference === lastReference) return lastGroup
    let group = groups.get(reference)
    if (group === undefined) {
      const process = mirror.processes.get(reference)
      group = process === undefined ? ownerless(slot) : idOf(keyOf(process))
      groups.set(reference, group)
    }
    lastReference = reference
    lastGroup = group
    return group
  }
}

function byUser(mirror: RowMirror, idOf: (key: string) => GroupId): (slot: number) => GroupId {
  const { user, owner } = mirror.columns
  const byText = new Map<number, GroupId>()
  const byOwner = new Map<number, GroupId>()
  const ownerless = byVisibility(mirror, idOf)
  return (slot) => {
    const text = user[slot] as number
    const [groups, reference] = text === 0 ? [byOwner, owner[slot] as number] : [byText, text]
    if (reference === 0) return ownerless(slot)
    let group = groups.get(reference)
    if (group === undefined) {
      const name = userText(mirror, slot)
      group = name === undefined ? ownerless(slot) : idOf(`=${name}`)
      groups.set(reference, group)
    }
    return group
  }
}

/** The sign keeps these keys apart from names and paths: neither holds a NUL. */
function byVisibility(mirror: RowMirror, idOf: (key: string) => GroupId): (slot: number) => GroupId {
  const { visibility } = mirror.columns
  const groups: GroupId[] = []
  return (slot) => {
    const code = visibility[slot] as number
    return (groups[code] ??= idOf(`\0${code}`))
  }
}
