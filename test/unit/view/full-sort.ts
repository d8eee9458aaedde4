/**
 * The order as the specification says it, written without keys, ranks or increments: what TableView must agree with after every
 * change. Slow on purpose.
 */
import { absentCount, type ColumnName } from '../../../src-shared/model/columns.ts'
import { hasRemote } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { stateOfCode } from '../../../src-shared/model/tcp-state.ts'
import { sortTerms, type ColumnId, type SortOrder } from '../../../src-renderer/view/column-id.ts'

type Fact = number | bigint | string | undefined

const number =
  (name: ColumnName) =>
  ({ columns }: RowMirror, slot: number): Fact => {
    const value = columns[name][slot]!
    return Number.isNaN(value) ? undefined : value
  }
const count =
  (name: ColumnName) =>
  ({ columns }: RowMirror, slot: number): Fact =>
    columns[name][slot] === absentCount ? undefined : columns[name][slot]
const address = ({ columns: c }: RowMirror, slot: number, end: 'local' | 'remote'): Fact =>
  [0, 1, 2, 3].reduce((sum, word) => sum * 2n ** 32n + BigInt(c[`${end}${word}` as ColumnName][slot]!), 0n)

/** The facts a column sorts by, the first one deciding; the whole row is "not known" when the first fact is. */
const facts: Partial<Record<ColumnId, (mirror: RowMirror, slot: number) => readonly Fact[]>> = {
  process: (mirror, slot) => [mirror.ownerOf(slot)?.name?.toLowerCase(), mirror.ownerOf(slot)?.pid],
  pid: (mirror, slot) => [mirror.ownerOf(slot)?.pid],
  protocol: ({ columns }, slot) => [columns.protocol[slot]! * 10 + columns.family[slot]!],
  state: ({ columns }, slot) => [stateOfCode(columns.state[slot]!)],
  localAddress: (mirror, slot) => [address(mirror, slot, 'local')],
  localPort: (mirror, slot) => [number('localPort')(mirror, slot)],
  remoteAddress: (mirror, slot) => [hasRemote(mirror, slot) ? address(mirror, slot, 'remote') : undefined],
  remotePort: (mirror, slot) => [hasRemote(mirror, slot) ? number('remotePort')(mirror, slot) : undefined],
  user: (mirror, slot) => [(mirror.stringAt(mirror.columns.user[slot]!) ?? mirror.ownerOf(slot)?.user)?.toLowerCase()],
  firstSeen: ({ columns }, slot) => [Number.isNaN(columns.firstSeenAt[slot]!) ? undefined : -columns.firstSeenAt[slot]!],
  sent: (mirror, slot) => [number('sentBytes')(mirror, slot)],
  sendRate: (mirror, slot) => [number('sendRate')(mirror, slot)],
  retransmits: (mirror, slot) => [count('retransmits')(mirror, slot)],
}

export const checkedColumns = Object.keys(facts) as ColumnId[]

export function fullSort(mirror: RowMirror, slots: readonly number[], order: SortOrder): number[] {
  const terms = sortTerms(order)
  const { identityHigh, identityLow, rowId } = mirror.columns
  return slots.toSorted((a, b) => {
    for (const { column, descending } of terms) {
      const decided = compareFacts(facts[column]!(mirror, a), facts[column]!(mirror, b), descending)
      if (decided !== 0) return decided
    }
    return identityHigh[a]! - identityHigh[b]! || identityLow[a]! - identityLow[b]! || rowId[a]! - rowId[b]!
  })
}

/** What is not known comes last in both directions. */
function compareFacts(left: readonly Fact[], right: readonly Fact[], descending: boolean): number {
  if (left[0] === undefined || right[0] === undefined) return Number(left[0] === undefined) - Number(right[0] === undefined)
  for (const [index, fact] of left.entries()) {
    const other = right[index]
    if (fact !== other) return (fact! < other! ? -1 : 1) * (descending ? -1 : 1)
  }
  return 0
}
