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

  /** Unknown numbers (NaN) come last in either direction; equal ones keep their order. `order` is another array afterwards. */
  arrange(groups: RowGroups, { valueOf, descending, hold }: Arrangement): void {
    const { sockets } = groups.totals
    const present = new Uint8Array(groups.top)
    const order: GroupId[] = []
    for (const group of this.#order) {
      if (group >= groups.top || sockets[group] === 0 || present[group] === 1) continue
      present[group] = 1
      order.push(group)
    }
    for (let group = 0; group < groups.top; group += 1) if (present[group] === 0 && sockets[group] !== 0) order.push(group)
    if (!hold) sort(order, groups.top, valueOf, descending)
    this.#order = order
  }
}

function sort(order: GroupId[], top: number, valueOf: GroupValue, descending: boolean): void {
  const [first] = order
  if (first === undefined) return
  if (typeof valueOf(first) === 'string') sortByText(order, valueOf, descending)
  else sortByNumber(order, top, valueOf, descending)
}

function sortByText(order: GroupId[], valueOf: GroupValue, descending: boolean): void {
  const sign = descending ? -1 : 1
  const texts = new Map(order.map((group) => [group, String(valueOf(group))]))
  order.sort((a, b) => sign * byText(texts.get(a) ?? '', texts.get(b) ?? ''))
}

/** There may be a hundred thousand groups. Hardly any changes its place between two looks, which costs one comparison each. */
function sortByNumber(order: GroupId[], top: number, valueOf: GroupValue, descending: boolean): void {
  const keys = new Float64Array(top)
  for (const group of order) {
    const value = Number(valueOf(group))
    keys[group] = Number.isNaN(value) ? Number.POSITIVE_INFINITY : descending ? -value : value
  }
  order.sort((a, b) => {
    const left = keys[a] as number
    const right = keys[b] as number
    return left < right ? -1 : left > right ? 1 : 0
  })
}

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
