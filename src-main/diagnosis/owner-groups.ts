/** Rows by the process that owns them. */
import type { Breakdown, FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { visibilityCode } from '../../src-shared/model/visibility.ts'
import { breakdown } from './breakdown.ts'
import { processAt, processKey, processLabel, processOf } from './row-facts.ts'

/** Further processes than these are not read. */
const maximumOtherProcesses = 8

export interface OwnerGroup {
  /** The same from look to look. */
  readonly key: string
  /** Undefined: not known; rows of unknown owners are told apart by user. */
  readonly process: FindingProcess | undefined
  /** Set where rows belong to programs that cannot be seen from here: their user, '' where that is not known either. */
  readonly unseenUser: string | undefined
  readonly slots: readonly number[]
}

const pending = visibilityCode('pending')
/** No program has these. */
const unheld: ReadonlySet<number> = new Set([visibilityCode('gone'), visibilityCode('kernel')])

/** By first owner, each process once; without rows whose owner is still looked for. */
export function groupByOwner(mirror: RowMirror, slots: readonly number[]): readonly OwnerGroup[] {
  const { owner, user, visibility } = mirror.columns
  const groups = new Map<number, number[]>()
  for (const slot of slots) {
    if (owner[slot] === 0 && visibility[slot] === pending) continue
    const reference = (owner[slot] as number) === 0 ? -1 - (user[slot] as number) : (owner[slot] as number)
    const group = groups.get(reference)
    if (group === undefined) groups.set(reference, [slot])
    else group.push(slot)
  }
  return [...groups].map(([reference, group]) => {
    const process = processAt(mirror, reference)
    const userName = process === undefined ? userOf(mirror, reference) : undefined
    const isHeld = group.some((slot) => !unheld.has(visibility[slot] as number))
    return {
      key: process === undefined ? unknownKey(userName) : processKey(process),
      process,
      unseenUser: process === undefined && isHeld ? (userName ?? '') : undefined,
      slots: group,
    }
  })
}

/** The process of most of the rows, and the others, most rows first. */
export function mainProcess(
  mirror: RowMirror,
  slots: readonly number[],
): { readonly process?: FindingProcess; readonly otherProcesses?: readonly FindingProcess[] } {
  const groups = groupByOwner(mirror, slots).toSorted((left, right) => right.slots.length - left.slots.length)
  const [process, ...others] = groups.flatMap((group) => group.process ?? [])
  if (process === undefined) return {}
  return others.length === 0 ? { process } : { process, otherProcesses: others.slice(0, maximumOtherProcesses) }
}

/** Every process that has one of `slots` open, the first owner of the first first. */
export function ownersOfAll(mirror: RowMirror, slots: readonly number[]): readonly FindingProcess[] {
  const references = new Set(slots.flatMap((slot) => [...mirror.ownersOf(slot)]))
  return [...references].flatMap((reference) => processAt(mirror, reference) ?? []).slice(0, 1 + maximumOtherProcesses)
}

export function breakdownByProcess(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { owner } = mirror.columns
  return breakdown(
    'process',
    slots,
    (slot) => (mirror.processes.has(owner[slot] as number) ? owner[slot] : undefined),
    (slot) => {
      const process = processOf(mirror, slot)
      return process === undefined ? '' : processLabel(process)
    },
  )
}

function userOf(mirror: RowMirror, reference: number): string | undefined {
  return reference < 0 ? mirror.stringAt(-1 - reference) : undefined
}

function unknownKey(user: string | undefined): string {
  return user === undefined ? 'unknown' : `unknown of ${user}`
}
