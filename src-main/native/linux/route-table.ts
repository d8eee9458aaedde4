/** One dump over a netlink socket of its own (rtnetlink(7)): bytes of the answers, one after the other. */
import { errnoName } from './errno-names.ts'
import { NETLINK_ROUTE, NetlinkSocket } from './netlink-socket.ts'

/** Sends the request and hands every answer to `take` until it says "stop". Answers why it could not; undefined when all is well. */
export function askRouteNetlink(request: Uint8Array, take: (answer: Uint8Array) => 'more' | 'stop'): string | undefined {
  const socket = NetlinkSocket.open(NETLINK_ROUTE)
  if (!(socket instanceof NetlinkSocket)) return `${socket.failed}: ${errnoName(socket.errno)}`
  try {
    const sent = socket.send(request)
    if (sent !== undefined) return `${sent.failed}: ${errnoName(sent.errno)}`
    for (;;) {
      const length = socket.receive()
      if (typeof length !== 'number') return `${length.failed}: ${errnoName(length.errno)}`
      if (take(socket.bytes.subarray(0, length)) === 'stop') return undefined
    }
  } finally {
    socket.close()
  }
}
