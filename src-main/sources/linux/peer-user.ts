/** Which user holds the other end of a connection that was accepted on this machine, as the kernel tells it (sock_diag(7)). */
import { recordWord } from '../../table/row-record.ts'
import { parseAddress } from '../parse-address.ts'
import { IPPROTO_TCP, type SocketAddress } from './inet-diag-request.ts'
import { anyCookie, SocketQuery } from './socket-query.ts'

/** The four-tuple as the accepting side names it. */
export interface AcceptedConnection {
  readonly localAddress: string
  readonly localPort: number
  readonly remoteAddress: string
  readonly remotePort: number
}

/** `none`: the kernel knows no process' socket at the other end. `unknown`: the kernel does not answer such questions here. */
export type PeerUser = { readonly userId: number } | 'none' | 'unknown'

export class PeerUserQuery {
  readonly #query = new SocketQuery()
  #kernelTells = false

  /** Blocks for one question to the kernel (microseconds). */
  find(connection: AcceptedConnection): PeerUser {
    const own = addressOf(connection)
    if (own === undefined) return 'unknown'
    const peer = this.#userOf(mirrored(own))
    if (peer !== undefined) this.#kernelTells = true
    // ENOENT is also the answer of a kernel without the module. Our own end is there for certain: if it is found, the peer's is gone.
    else this.#kernelTells ||= this.#userOf(own) !== undefined
    return peer ?? (this.#kernelTells ? 'none' : 'unknown')
  }

  close(): void {
    this.#query.close()
  }

  #userOf(address: SocketAddress): { readonly userId: number } | 'none' | undefined {
    let userId: number | undefined
    // Told only for a socket that a process holds; one that was closed has no inode and, on some kernels, the number 0.
    const answer = this.#query.find(address, { user: (uid) => ((userId = uid), 0), interface: () => 0 })
    if (!('record' in answer)) return undefined
    // Without a connection of this address the kernel answers with a listener.
    if (((answer.record[recordWord.ports] as number) & 0xffff) !== address.remotePort) return undefined
    return userId === undefined ? 'none' : { userId }
  }
}

function addressOf({ localAddress, localPort, remoteAddress, remotePort }: AcceptedConnection): SocketAddress | undefined {
  const family = localAddress.includes(':') && !isMapped(localAddress) ? 6 : 4
  const local = parseAddress(bare(localAddress), family)
  const remote = parseAddress(bare(remoteAddress), family)
  if (local === undefined || remote === undefined) return undefined
  const any = { interfaceIndex: 0, cookieLow: anyCookie, cookieHigh: anyCookie }
  return { family, protocol: IPPROTO_TCP, local, localPort, remote, remotePort, ...any }
}

function mirrored(address: SocketAddress): SocketAddress {
  const { local, localPort, remote, remotePort } = address
  return { ...address, local: remote, localPort: remotePort, remote: local, remotePort: localPort }
}

const mapped = /^::ffff:(?=\d+\.)/i
const isMapped = (address: string): boolean => mapped.test(address)
/** Without zone; an IPv4 address that came through an IPv6 socket as itself, which finds it whichever family the peer's socket has. */
const bare = (address: string): string => address.replace(/%.*$/s, '').replace(mapped, '')
