/** Real sockets on loopback, for the sources of the system the tests run on. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { SourceFactory } from '../../src-main/sources/source.ts'
import type { DescribedSocket, OpenedSockets, SocketKind, SourceWorld } from './source-contract.ts'

const v4 = '127.0.0.1'
const v6 = '::1'

export function liveWorld(source: SourceFactory, tells: SourceWorld['tells']): SourceWorld {
  const opened: OpenedSockets[] = []
  return {
    source,
    tells,
    breakable: [],
    async open(kind) {
      const sockets = await openKind(kind)
      opened.push(sockets)
      return sockets
    },
    break: () => () => {},
    async close() {
      for (const one of opened) await one.close()
    },
  }
}

function openKind(kind: SocketKind): Promise<OpenedSockets> {
  switch (kind) {
    case 'listener': {
      return listener(v4)
    }
    case 'IPv6 listener': {
      return listener(v6)
    }
    case 'connection': {
      return connection(v4, v4)
    }
    case 'IPv6 connection': {
      return connection(v6, v6)
    }
    case 'connection of an IPv6 socket that speaks IPv4': {
      return connection(`::ffff:${v4}`, v4)
    }
    case 'half-closed connection': {
      return connection(v4, v4, 'half-closed')
    }
    case 'UDP socket': {
      return datagrams(v4)
    }
    case 'IPv6 UDP socket': {
      return datagrams(v6)
    }
    case 'connected UDP socket': {
      return datagrams(v4, 'connected')
    }
  }
}

async function listener(host: string): Promise<OpenedSockets> {
  let server = createServer()
  const listen = async (port: number): Promise<number> => {
    server.listen({ host, port })
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const close = async (): Promise<void> => {
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
  const port = await listen(0)
  const replace = async (): Promise<void> => {
    await close()
    server = createServer()
    await listen(port)
  }
  const family = host.includes(':') ? 'ipv6' : 'ipv4'
  return { sockets: [{ protocol: 'tcp', family, state: 'LISTEN', local: { address: host, port } }], close, replace }
}

async function connection(listenOn: string, host: string, how?: 'half-closed'): Promise<OpenedSockets> {
  const server = createServer({ allowHalfOpen: true })
  server.listen({ host: listenOn, port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const near = connect({ host, port, allowHalfOpen: true })
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown]
  if (how === 'half-closed') {
    far.resume()
    near.end()
    await once(far, 'end')
    // A byte back acknowledges the end at once; by itself the system would wait for a while.
    far.write('.')
    await once(near, 'data')
  }
  const close = async (): Promise<void> => {
    near.resetAndDestroy()
    far.destroy()
    server.close()
    await once(server, 'close')
  }
  const clientEnd = { address: host, port: near.localPort! }
  const serverEnd = { address: host, port }
  const mapped = listenOn !== host
  const family = host.includes(':') ? 'ipv6' : 'ipv4'
  const sockets: DescribedSocket[] = [
    { protocol: 'tcp', family, state: how === undefined ? 'ESTABLISHED' : 'FIN_WAIT_2', local: clientEnd, remote: serverEnd },
    {
      protocol: 'tcp',
      family: mapped ? 'ipv6' : family,
      ...(mapped ? { v4Mapped: true } : {}),
      state: how === undefined ? 'ESTABLISHED' : 'CLOSE_WAIT',
      local: serverEnd,
      remote: clientEnd,
    },
  ]
  return { sockets, close, replace: close }
}

async function datagrams(host: string, how?: 'connected'): Promise<OpenedSockets> {
  const family = host.includes(':') ? 'ipv6' : 'ipv4'
  const bind = async () => {
    const socket = createSocket(family === 'ipv6' ? 'udp6' : 'udp4')
    socket.bind(0, host)
    await once(socket, 'listening')
    return socket
  }
  const socket = await bind()
  const peer = how === 'connected' ? await bind() : undefined
  if (peer !== undefined) {
    socket.connect(peer.address().port, host)
    await once(socket, 'connect')
  }
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    for (const one of [socket, peer]) {
      one?.close()
      if (one !== undefined) await once(one, 'close')
    }
  }
  const remote = peer === undefined ? {} : { remote: { address: host, port: peer.address().port } }
  return { sockets: [{ protocol: 'udp', family, local: { address: host, port: socket.address().port }, ...remote }], close, replace: close }
}
