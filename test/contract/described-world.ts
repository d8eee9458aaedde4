/** A system that exists only as a list of sockets; sources of other systems read what is made from it. */
import type { SourceFactory } from '../../src-main/sources/source.ts'
import type { Breakage, DescribedSocket, OpenedSockets, SocketKind, SourceWorld } from './source-contract.ts'

/** A socket with a number no other one has or had, as systems give them. */
export interface NumberedSocket extends DescribedSocket {
  readonly serial: number
  readonly pid: number
}

export interface DescribedSystem {
  sockets: readonly NumberedSocket[]
  broken: Breakage | undefined
}

const pid = 4242
const firstPort = 20_000

export function describedWorld(
  build: (system: DescribedSystem) => { readonly source: SourceFactory } & Pick<SourceWorld, 'tells' | 'breakable'>,
): SourceWorld {
  const system: DescribedSystem = { sockets: [], broken: undefined }
  let serial = 0
  let port = firstPort
  const numbered = (socket: DescribedSocket): NumberedSocket => {
    serial += 1
    return { pid, ...socket, serial }
  }
  return {
    ...build(system),
    open(kind): Promise<OpenedSockets> {
      port += 2
      let opened = socketsOf(kind, port).map(numbered)
      system.sockets = [...system.sockets, ...opened]
      const close = (): Promise<void> => {
        system.sockets = system.sockets.filter((socket) => !opened.includes(socket))
        return Promise.resolve()
      }
      const replace = async (): Promise<void> => {
        await close()
        opened = opened.map(({ serial: _old, ...socket }) => numbered(socket))
        system.sockets = [...system.sockets, ...opened]
      }
      return Promise.resolve({ sockets: opened.map(({ serial: _serial, ...socket }) => socket), close, replace })
    },
    break(what) {
      system.broken = what
      return () => (system.broken = undefined)
    },
    close: () => Promise.resolve(),
  }
}

function socketsOf(kind: SocketKind, port: number): readonly DescribedSocket[] {
  const v4 = { address: '127.0.0.1', port }
  const v6 = { address: '::1', port }
  const peer = port + 1
  const tcp4 = { protocol: 'tcp', family: 'ipv4' } as const
  const tcp6 = { protocol: 'tcp', family: 'ipv6' } as const
  const ends = (from: DescribedSocket, states: readonly [DescribedSocket['state'], DescribedSocket['state']]): DescribedSocket[] => {
    const remote = { ...from.local, port: peer }
    return [
      { ...from, state: states[0]!, remote },
      { ...from, state: states[1]!, local: remote, remote: from.local },
    ]
  }
  switch (kind) {
    case 'listener': {
      return [{ ...tcp4, state: 'LISTEN', local: v4 }]
    }
    case 'IPv6 listener': {
      return [{ ...tcp6, state: 'LISTEN', local: v6 }]
    }
    case 'connection': {
      return ends({ ...tcp4, local: v4 }, ['ESTABLISHED', 'ESTABLISHED'])
    }
    case 'IPv6 connection': {
      return ends({ ...tcp6, local: v6 }, ['ESTABLISHED', 'ESTABLISHED'])
    }
    case 'connection of an IPv6 socket that speaks IPv4': {
      const [near, far] = ends({ ...tcp4, local: v4 }, ['ESTABLISHED', 'ESTABLISHED'])
      return [{ ...near!, family: 'ipv6', v4Mapped: true }, far!]
    }
    case 'half-closed connection': {
      return ends({ ...tcp4, local: v4 }, ['CLOSE_WAIT', 'FIN_WAIT_2'])
    }
    case 'UDP socket': {
      return [{ protocol: 'udp', family: 'ipv4', local: v4 }]
    }
    case 'IPv6 UDP socket': {
      return [{ protocol: 'udp', family: 'ipv6', local: v6 }]
    }
    case 'connected UDP socket': {
      return [{ protocol: 'udp', family: 'ipv4', local: v4, remote: { ...v4, port: peer } }]
    }
  }
}
