/** Connections between two programs, with the socket of each side. */
import type { ListenRequest } from '../network/peer-request.ts'
import type { Peer, PeerListener, PeerSocket } from '../network/peer.ts'
import type { Namespace } from '../network/namespace.ts'
import type { Family } from '../network/pair.ts'
import type { Ends } from './trouble.ts'

/** One connection as its client sees it. */
export interface Joined {
  readonly client: PeerSocket
  readonly server: PeerSocket
  readonly ends: Required<Ends>
}

export interface JoinOptions {
  readonly from: Peer
  readonly to: PeerListener
  readonly host: string
  readonly count: number
  readonly localAddress?: string
}

/** Connects and accepts. */
export async function join({ from, to, host, count, localAddress }: JoinOptions): Promise<readonly Joined[]> {
  const remote = { address: host, port: to.local.port }
  const clients = await from.connectMany(count, {
    family: host.includes(':') ? 6 : 4,
    host,
    port: remote.port,
    ...(localAddress === undefined ? {} : { localAddress }),
  })
  return Promise.all(clients.map(async (client) => ({ client, server: await to.accepted(client), ends: { local: client.local, remote } })))
}

/** A server program that listens on every address of the family and accepts what comes. */
export async function startServer(
  namespace: Namespace,
  family: Family,
  request: Omit<ListenRequest, 'family'> = { port: 7000 },
): Promise<{ readonly program: Peer; readonly listener: PeerListener }> {
  const program = await namespace.peer()
  return { program, listener: await program.listen({ family, ...request }) }
}

export async function each<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  await Promise.all(items.map(act))
}
