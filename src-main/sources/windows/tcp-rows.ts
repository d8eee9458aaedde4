/** A connection of the row table in the shapes that Windows takes in: MIB_TCPROW, MIB_TCP6ROW and the key of the NSI store. */
import { recordWord } from '../../table/row-record.ts'

const MIB_TCP_STATE_ESTAB = 5
const AF_INET = 2
const AF_INET6 = 23
const sockaddrBytes = 28

/** What names a TCP connection: addresses as four words each, ports, and the zones of IPv6 addresses (0 for none). */
export interface TcpTuple {
  readonly family: 4 | 6
  readonly local: readonly [number, number, number, number]
  readonly remote: readonly [number, number, number, number]
  readonly localPort: number
  readonly remotePort: number
  readonly scope: number
}

/** `record` holds a TCP connection at `base`; `scope` is the zone of its link-local addresses. */
export function tupleOfRecord(record: Uint32Array, base: number, family: 4 | 6, scope: number): TcpTuple {
  const word = (at: number): number => record[base + at] as number
  const address = (at: number): [number, number, number, number] => [word(at), word(at + 1), word(at + 2), word(at + 3)]
  const ports = word(recordWord.ports)
  return {
    family,
    local: address(recordWord.local),
    remote: address(recordWord.remote),
    localPort: ports >>> 16,
    remotePort: ports & 0xffff,
    scope,
  }
}

/** MIB_TCPROW or MIB_TCP6ROW; `state` is a MIB_TCP_STATE. */
export function mibRow(tuple: TcpTuple, state = MIB_TCP_STATE_ESTAB): Buffer {
  return tuple.family === 4 ? mibRow4(tuple, state) : mibRow6(tuple, state)
}

function mibRow4({ local, remote, localPort, remotePort }: TcpTuple, state: number): Buffer {
  const row = Buffer.alloc(20)
  row.writeUInt32LE(state, 0)
  row.writeUInt32BE(local[3], 4)
  row.writeUInt16BE(localPort, 8)
  row.writeUInt32BE(remote[3], 12)
  row.writeUInt16BE(remotePort, 16)
  return row
}

function mibRow6({ local, remote, localPort, remotePort, scope }: TcpTuple, state: number): Buffer {
  const row = Buffer.alloc(52)
  row.writeUInt32LE(state, 0)
  for (let index = 0; index < 4; index += 1) {
    row.writeUInt32BE(local[index] as number, 4 + index * 4)
    row.writeUInt32BE(remote[index] as number, 28 + index * 4)
  }
  row.writeUInt32LE(isLinkLocal(local) ? scope : 0, 20)
  row.writeUInt16BE(localPort, 24)
  row.writeUInt32LE(isLinkLocal(remote) ? scope : 0, 44)
  row.writeUInt16BE(remotePort, 48)
  return row
}

/** Local and remote SOCKADDR_INET, 56 bytes. */
export function nsiKey({ family, local, remote, localPort, remotePort, scope }: TcpTuple): Buffer {
  const key = Buffer.alloc(2 * sockaddrBytes)
  const ends = [
    { address: local, port: localPort },
    { address: remote, port: remotePort },
  ]
  for (const [index, { address, port }] of ends.entries()) {
    const at = index * sockaddrBytes
    key.writeUInt16LE(family === 4 ? AF_INET : AF_INET6, at)
    key.writeUInt16BE(port, at + 2)
    if (family === 4) {
      key.writeUInt32BE(address[3], at + 4)
      continue
    }
    for (let word = 0; word < 4; word += 1) key.writeUInt32BE(address[word] as number, at + 8 + word * 4)
    key.writeUInt32LE(isLinkLocal(address) ? scope : 0, at + 24)
  }
  return key
}

function isLinkLocal([first]: readonly [number, number, number, number]): boolean {
  return ((first >>> 16) & 0xffc0) === 0xfe80
}
