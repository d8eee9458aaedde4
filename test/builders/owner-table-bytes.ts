/** The eight tables of GetExtendedTcpTable and GetExtendedUdpTable, laid out field by field as tcpmib.h and udpmib.h declare them. */

export interface EndpointRow {
  /** MIB_TCP_STATE; TCP only. */
  readonly state?: number
  readonly local: readonly [address: readonly number[], port: number]
  readonly remote?: readonly [address: readonly number[], port: number]
  readonly localScope?: number
  readonly remoteScope?: number
  readonly pid?: number
  /** FILETIME */
  readonly created?: bigint
  readonly serviceTag?: number
}

export type TableName = 'tcp4' | 'tcp6' | 'udp4' | 'udp6'

/** What the two bytes behind a port may hold. */
const garbage = [0xde, 0xad] as const

export function ownerTable(name: TableName, withModules: boolean, rows: readonly EndpointRow[]): Buffer {
  const count = Buffer.alloc(withModules ? 8 : 4)
  count.writeUInt32LE(rows.length)
  return Buffer.concat([count, ...rows.map((row) => Buffer.concat(fieldsOf(name, withModules, row)))])
}

function fieldsOf(name: TableName, withModules: boolean, row: EndpointRow): Buffer[] {
  const { state = 5, local, remote = [name.endsWith('4') ? [0, 0, 0, 0] : zeros(16), 0], pid = 100 } = row
  const { created = 0n, serviceTag = 0 } = row
  const module = [int64(BigInt(serviceTag)), Buffer.alloc(15 * 8)]
  const v4 = [Buffer.from(local[0]), port(local[1])]
  const v6 = [Buffer.from(local[0]), int32(row.localScope ?? 0), port(local[1])]
  if (name === 'tcp4') {
    const plain = [int32(state), ...v4, Buffer.from(remote[0]), port(remote[1]), int32(pid)]
    return withModules ? [...plain, int64(created), ...module] : plain
  }
  if (name === 'tcp6') {
    const plain = [...v6, Buffer.from(remote[0]), int32(row.remoteScope ?? 0), port(remote[1]), int32(state), int32(pid)]
    return withModules ? [...plain, int64(created), ...module] : plain
  }
  const plain = [...(name === 'udp4' ? v4 : v6), int32(pid)]
  return withModules ? [...plain, int32(0), int64(created), int32(1), int32(0), ...module] : plain
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}

function port(value: number): Buffer {
  return Buffer.from([value >>> 8, value & 255, ...garbage])
}

export function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}
