/** What a group of processes is called, holds and is filtered by. Pure. */
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { visibilities, type Visibility } from '../../../src-shared/model/visibility.ts'
import type { Query } from '../../../src-shared/query/query.ts'
import { textTest } from '../row-menu/filter-terms.ts'
import type { OwnerGrouping } from '../../view/grouping/owner-groupings.ts'
import { userText } from '../../view/row-facts.ts'

export interface ProcessGroup {
  /** First owners of its rows, each once. Empty when nobody is known. */
  readonly processes: readonly ProcessRecord[]
  /** Program, path or user; undefined when the owner is not known. */
  readonly name: string | undefined
  /** Why the owner is not known. */
  readonly visibility: Visibility
  readonly user: string | undefined
}

type Slots = Int32Array

export function describeProcessGroup(mirror: RowMirror, slots: Slots, by: OwnerGrouping): ProcessGroup {
  const first = slots[0] ?? 0
  const owner = mirror.ownerOf(first)
  const user = userText(mirror, first)
  const visibility = visibilities[mirror.columns.visibility[first] ?? 0] ?? 'pending'
  if (by === 'user') return { processes: firstOwners(mirror, slots), name: user, visibility, user }
  if (owner === undefined) return { processes: [], name: undefined, visibility, user: undefined }
  const processes = by === 'process' ? [owner] : firstOwners(mirror, slots)
  const name = by === 'process' ? (owner.name ?? String(owner.pid)) : (owner.executable ?? owner.name ?? String(owner.pid))
  return { processes, name, visibility, user }
}

/** What finds the rows of the group in the table. */
export function processGroupQuery(mirror: RowMirror, slots: Slots, by: OwnerGrouping): Query {
  const { processes, name, user } = describeProcessGroup(mirror, slots, by)
  const [owner] = processes
  if (by === 'user' && user !== undefined) return { kind: 'text', key: 'user', values: [textTest(user)] }
  if (owner === undefined || name === undefined) return { kind: 'set', values: ['unowned'] }
  if (by === 'process') return pidQuery(owner.pid)
  const key = owner.executable === undefined ? 'process' : 'exe'
  return { kind: 'text', key, values: [textTest(name)] }
}

/** What finds the rows of a process. */
export function pidQuery(pid: number): Query {
  return { kind: 'number', key: 'pid', values: [{ op: '=', value: { amount: pid, unit: '' } }] }
}

function firstOwners(mirror: RowMirror, slots: Slots): ProcessRecord[] {
  const references = new Set<number>()
  for (const slot of slots) references.add(mirror.columns.owner[slot] as number)
  return [...references].flatMap((reference) => mirror.processes.get(reference) ?? [])
}
