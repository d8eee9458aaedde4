/** Cells that every page of groups has, as text: for the screen and for the clipboard. Empty for what is not known. */
import { noState } from '../../../src-shared/model/kept-filters.ts'
import { stateOfCode } from '../../../src-shared/model/tcp-state.ts'
import type { CellFormat } from '../../view/format.ts'
import { statePlaces, type GroupId, type RowGroups } from '../../view/grouping/row-groups.ts'

const sumColumns = ['sockets', 'listening', 'receiveRate', 'sendRate', 'received', 'sent', 'firstSeen'] as const
type SumColumn = (typeof sumColumns)[number]

export function isSumColumn(id: string): id is SumColumn {
  return sumColumns.includes(id as SumColumn)
}

/** NaN where nothing is known. */
export function sumOf({ totals }: RowGroups, id: SumColumn): (group: GroupId) => number {
  switch (id) {
    case 'sockets':
      return (group) => totals.sockets[group] as number
    case 'listening':
      return (group) => totals.listening[group] as number
    case 'receiveRate':
      return orUnknown(totals.rated, totals.receiveRate)
    case 'sendRate':
      return orUnknown(totals.rated, totals.sendRate)
    case 'received':
      return orUnknown(totals.counted, totals.received)
    case 'sent':
      return orUnknown(totals.counted, totals.sent)
    case 'firstSeen':
      return (group) => totals.firstSeenAt[group] as number
  }
}

export function sumText(groups: RowGroups, id: SumColumn, group: GroupId, format: CellFormat, nowMs: number): string {
  const value = sumOf(groups, id)(group)
  if (!Number.isFinite(value)) return ''
  switch (id) {
    case 'sockets':
      return format.integer(value)
    case 'listening':
      return value === 0 ? '' : format.integer(value)
    case 'receiveRate':
    case 'sendRate':
      return format.rate(value)
    case 'received':
    case 'sent':
      return format.bytes(value)
    case 'firstSeen':
      return format.time(value, nowMs)
  }
}

function orUnknown(known: Uint32Array, values: Float64Array): (group: GroupId) => number {
  return (group) => (known[group] === 0 ? Number.NaN : (values[group] as number))
}

/** The sums of a group as data; what is not known is left out. */
export function sumRecord(groups: RowGroups, group: GroupId): object {
  const known = (id: SumColumn): number | undefined => {
    const value = sumOf(groups, id)(group)
    return Number.isFinite(value) ? value : undefined
  }
  return {
    sockets: known('sockets'),
    listening: known('listening'),
    states: Object.fromEntries(
      statesOf(groups, group).flatMap((count, code) => (count === 0 ? [] : [[stateOfCode(code) ?? noState, count] as const])),
    ),
    receiveRate: known('receiveRate'),
    sendRate: known('sendRate'),
    receivedBytes: known('received'),
    sentBytes: known('sent'),
    firstSeenAt: known('firstSeen'),
  }
}

/** Rows of a group by state code. */
export function statesOf({ totals }: RowGroups, group: GroupId): readonly number[] {
  return [...totals.byState.subarray(group * statePlaces, (group + 1) * statePlaces)]
}
