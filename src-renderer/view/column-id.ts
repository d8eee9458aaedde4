/** The columns a table can show, in their usual order. The title of each is the message `column.<id>`. */
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
  'executable',
  'firstSeen',
  'received',
  'sent',
  'receiveRate',
  'sendRate',
  'roundTrip',
  'retransmits',
  'receiveQueue',
  'sendQueue',
  'timer',
  'interface',
  'service',
  'ownerNote',
] as const
export type ColumnId = (typeof columnIds)[number]

export interface SortOrder {
  readonly column: ColumnId
  readonly descending: boolean
}
