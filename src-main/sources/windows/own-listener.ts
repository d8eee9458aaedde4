/** A listening socket of our own on loopback, open while it is looked for in a table: found as it is, the layout is the one known here. */
import type { SocketCalls } from '../../native/windows/socket-calls.ts'

const AF_INET = 2
const SOCK_STREAM = 1
const IPPROTO_TCP = 6
const sockaddrBytes = 16
const loopback = 0x7f000001

/** Calls `use` with the port; undefined when no such socket can be made, which says nothing about the tables. */
export function withOwnListener<Answer>(api: SocketCalls, use: (port: number) => Answer): Answer | undefined {
  const socket = api.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)
  if (socket === -1) return undefined
  try {
    const address = Buffer.alloc(sockaddrBytes)
    address.writeUInt16LE(AF_INET, 0)
    address.writeUInt32BE(loopback, 4)
    const length = Buffer.alloc(4)
    length.writeInt32LE(sockaddrBytes)
    const listens = api.bind(socket, address, sockaddrBytes) === 0 && api.listen(socket, 1) === 0
    return listens && api.getsockname(socket, address, length) === 0 ? use(address.readUInt16BE(2)) : undefined
  } finally {
    api.closesocket(socket)
  }
}
