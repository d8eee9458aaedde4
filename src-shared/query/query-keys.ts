/** Every key of the language, for the parser, for help and for completion. */
/** About remote addresses; what is known of them depends on what was looked up. */
export const nameKeys = ['host', 'country', 'asn'] as const
export type NameKey = (typeof nameKeys)[number]
export const textKeys = ['process', 'exe', 'user', ...nameKeys] as const
export type TextKey = (typeof textKeys)[number]

export const numberKeys = [
  'pid',
  'port',
  'lport',
  'rport',
  'age',
  'rx',
  'tx',
  'rxrate',
  'txrate',
  'rtt',
  'retrans',
  'segments',
  'unanswered',
  'recvq',
  'sendq',
  'lastrx',
  'lasttx',
] as const
export type NumberKey = (typeof numberKeys)[number]

export const setNames = [
  'listening',
  'established',
  'loopback',
  'public',
  'private',
  'ipv4',
  'ipv6',
  'tcp',
  'udp',
  'new',
  'changed',
  'closed',
  'unowned',
  'mine',
] as const
export type SetName = (typeof setNames)[number]

export const protocolNames = ['tcp', 'udp', 'tcp4', 'tcp6', 'udp4', 'udp6'] as const

/** What a key's values are; `planned` ones are understood and refused with 'not-available-yet'. */
export type ValueKind =
  | 'text'
  | 'path'
  | 'number'
  | 'port'
  | 'duration'
  | 'size'
  | 'rate'
  | 'address'
  | 'state'
  | 'protocol'
  | 'set'
  | 'planned'

export interface QueryKey {
  readonly name: string
  readonly valueKind: ValueKind
  /** A complete term, ready to be tried. */
  readonly example: string
}

export const queryKeys = [
  { name: 'process', valueKind: 'text', example: 'process:chrom*' },
  { name: 'pid', valueKind: 'number', example: 'pid:4242' },
  { name: 'exe', valueKind: 'path', example: 'exe:/usr/lib/*' },
  { name: 'user', valueKind: 'text', example: 'user:root' },
  { name: 'proto', valueKind: 'protocol', example: 'proto:udp' },
  { name: 'state', valueKind: 'state', example: 'state:close_wait,fin_wait_2' },
  { name: 'local', valueKind: 'address', example: 'local:127.0.0.1' },
  { name: 'remote', valueKind: 'address', example: 'remote:10.0.0.0/8' },
  { name: 'port', valueKind: 'port', example: 'port:8000-8999' },
  { name: 'lport', valueKind: 'port', example: 'lport:<1024' },
  { name: 'rport', valueKind: 'port', example: 'rport:443' },
  { name: 'age', valueKind: 'duration', example: 'age:>1m' },
  { name: 'rx', valueKind: 'size', example: 'rx:>1MB' },
  { name: 'tx', valueKind: 'size', example: 'tx:>1MB' },
  { name: 'rxrate', valueKind: 'rate', example: 'rxrate:>100KB' },
  { name: 'txrate', valueKind: 'rate', example: 'txrate:>100KB' },
  { name: 'rtt', valueKind: 'duration', example: 'rtt:>100ms' },
  { name: 'retrans', valueKind: 'number', example: 'retrans:>0' },
  { name: 'segments', valueKind: 'number', example: 'segments:>1000' },
  { name: 'unanswered', valueKind: 'number', example: 'unanswered:>2' },
  { name: 'recvq', valueKind: 'size', example: 'recvq:>0' },
  { name: 'sendq', valueKind: 'size', example: 'sendq:>0' },
  { name: 'lastrx', valueKind: 'duration', example: 'lastrx:>5m' },
  { name: 'lasttx', valueKind: 'duration', example: 'lasttx:>5m' },
  { name: 'is', valueKind: 'set', example: 'is:listening' },
  { name: 'host', valueKind: 'text', example: 'host:*.example.com' },
  { name: 'country', valueKind: 'text', example: 'country:SE' },
  { name: 'asn', valueKind: 'text', example: 'asn:64496' },
  { name: 'container', valueKind: 'planned', example: 'container:web' },
] as const satisfies readonly QueryKey[]
export type QueryKeyName = (typeof queryKeys)[number]['name']

export function findQueryKey(name: string): (typeof queryKeys)[number] | undefined {
  const lower = name.toLowerCase()
  return queryKeys.find((key) => key.name === lower)
}
