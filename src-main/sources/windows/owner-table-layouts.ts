/**
 * The eight tables of GetExtendedTcpTable and GetExtendedUdpTable as byte offsets (tcpmib.h, udpmib.h; x64 and arm64 agree). The
 * OWNER_MODULE tables tell the creation and the service; the OWNER_PID ones are older and stand in where those are refused.
 */
export interface OwnerTableLayout {
  readonly protocol: 'tcp' | 'udp'
  readonly family: 4 | 6
  /** TCP_TABLE_CLASS or UDP_TABLE_CLASS. */
  readonly tableClass: number
  /** Where the rows begin, behind the DWORD that counts them. */
  readonly head: number
  readonly rowSize: number
  readonly localAddress: number
  readonly localPort: number
  readonly pid: number
  readonly localScope?: number
  readonly state?: number
  readonly remoteAddress?: number
  readonly remoteScope?: number
  readonly remotePort?: number
  /** FILETIME of the creation. */
  readonly created?: number
  /** The first of sixteen words about the owning module: the tag of the service, in processes that host services. */
  readonly serviceTag?: number
}

const tcp4 = { protocol: 'tcp', family: 4, state: 0, localAddress: 4, localPort: 8, remoteAddress: 12, remotePort: 16, pid: 20 } as const
const tcp6 = {
  protocol: 'tcp',
  family: 6,
  localAddress: 0,
  localScope: 16,
  localPort: 20,
  remoteAddress: 24,
  remoteScope: 40,
  remotePort: 44,
  state: 48,
  pid: 52,
} as const
const udp4 = { protocol: 'udp', family: 4, localAddress: 0, localPort: 4, pid: 8 } as const
const udp6 = { protocol: 'udp', family: 6, localAddress: 0, localScope: 16, localPort: 20, pid: 24 } as const

/** Per endpoint kind: the table with modules first, the plain one second. */
export const ownerTables: Record<'tcp4' | 'tcp6' | 'udp4' | 'udp6', readonly [OwnerTableLayout, OwnerTableLayout]> = {
  tcp4: [
    { ...tcp4, tableClass: 8, head: 8, rowSize: 160, created: 24, serviceTag: 32 },
    { ...tcp4, tableClass: 5, head: 4, rowSize: 24 },
  ],
  tcp6: [
    { ...tcp6, tableClass: 8, head: 8, rowSize: 192, created: 56, serviceTag: 64 },
    { ...tcp6, tableClass: 5, head: 4, rowSize: 56 },
  ],
  udp4: [
    { ...udp4, tableClass: 2, head: 8, rowSize: 160, created: 16, serviceTag: 32 },
    { ...udp4, tableClass: 1, head: 4, rowSize: 12 },
  ],
  udp6: [
    { ...udp6, tableClass: 2, head: 8, rowSize: 176, created: 32, serviceTag: 48 },
    { ...udp6, tableClass: 1, head: 4, rowSize: 28 },
  ],
}
