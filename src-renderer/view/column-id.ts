/** The columns a table can show, in their usual order: where a row comes from and goes to first. The title is the message `column.<id>`. */
export const columnIds = [
  'process',
  'pid',
  'protocol',
  'state',
  'localAddress',
  'localPort',
  'remoteAddress',
  'remotePort',
  'user',
  'firstSeen',
  'receiveRate',
  'sendRate',
  'received',
  'sent',
  'localEndpoint',
  'remoteEndpoint',
  'localService',
  'remoteService',
  'host',
  'country',
  'network',
  'family',
  'executable',
  'timeInState',
  'created',
  'lastReceived',
  'lastSent',
  'roundTrip',
  'retransmits',
  'unanswered',
  'segmentsSent',
  'receiveQueue',
  'sendQueue',
  'acceptQueue',
  'backlog',
  'timer',
  'interface',
  'service',
  'owners',
  'ownerNote',
] as const
export type ColumnId = (typeof columnIds)[number]

export interface SortTerm {
  readonly column: ColumnId
  readonly descending: boolean
}

/** What to sort by, and by what else where that leaves rows equal. */
export interface SortOrder extends SortTerm {
  readonly further?: readonly SortTerm[]
}

/** The column that decides first, then the further ones. */
export function sortTerms({ column, descending, further = [] }: SortOrder): readonly SortTerm[] {
  return [{ column, descending }, ...further]
}
