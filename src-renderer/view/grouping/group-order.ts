/** Groups in the order a reader asked for. The order before is the start of the next: hardly anything moves between two looks. */
import type { GroupId, RowGroups } from './row-groups.ts'

/** Numbers for all groups, or texts for all. */
export type GroupValue = (group: GroupId) => number | string

export interface Arrangement {
  readonly valueOf: GroupValue
  readonly descending: boolean
  /** Leaves groups where they are; new ones come last. */
  readonly hold: boolean
}

export class GroupOrder {
  #order: GroupId[] = []

  get order(): readonly GroupId[] {
    return this.#order
  }

  /** Unknown numbers (NaN) come last in either direction; equal ones keep their order. */
  arrange(groups: RowGroups, { valueOf, descending, hold }: Arrangement): void {
    const { sockets } = groups.totals
    const present = new Uint8Array(groups.top)
    const order = this.#order.filter((group) => {
      if (group >= groups.top || sockets[group] === 0 || present[group] === 1) return false
      present[group] = 1
      return true
    })
    for (const group of groups.ids()) if (present[group] === 0) order.push(group)
    this.#order = hold ? order : sorted(order, valueOf, descending)
  }
}

function sorted(order: GroupId[], valueOf: GroupValue, descending: boolean): GroupId[] {
  const sign = descending ? -1 : 1
  const first = order[0]
  if (first === undefined || typeof valueOf(first) === 'string') {
    const texts = new Map(order.map((group) => [group, String(valueOf(group))]))
    return order.toSorted((a, b) => sign * byText(texts.get(a) ?? '', texts.get(b) ?? ''))
  }
  const numbers = new Float64Array(order.reduce((most, group) => Math.max(most, group), 0) + 1)
  for (const group of order) numbers[group] = Number(valueOf(group))
  return order.toSorted((a, b) => byNumber(numbers[a] as number, numbers[b] as number, sign))
}

function byNumber(a: number, b: number, sign: number): number {
  if (a === b) return 0
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1
  return Number.isNaN(b) ? -1 : sign * (a - b)
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
