/** One recipe at work: a server and a client on a pair of addresses of their own, whose directions can be cut without harming others. */
import { stateCode, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import type { Lab } from '../network/lab.ts'
import type { Direction, Family, Pair } from '../network/pair.ts'
import type { Endpoint, Peer, PeerListener, PeerSocket } from '../network/peer.ts'

/** A pair with one program on either side. */
export interface Stage {
  readonly pair: Pair
  readonly server: Peer
  readonly client: Peer
}

export async function openStage(lab: Lab): Promise<Stage> {
  const pair = await lab.pair({ addresses: addressesOfStage })
  const [server, client] = await Promise.all([pair.server.peer({ title: 'lab-server' }), pair.client.peer({ title: 'lab-client' })])
  return { pair, server, client }
}

/** One for each recipe, and some to spare for those that are built again. */
const addressesOfStage = 40
const firstPort = 7000

/** Every bench of a stage has an index of its own. */
export class Bench {
  readonly server: Endpoint
  readonly #stage: Stage
  readonly #family: Family
  readonly #index: number
  #listener: PeerListener | undefined
  #clientSocket: PeerSocket | undefined
  #serverSocket: PeerSocket | undefined
  #bound: Endpoint | undefined

  constructor(stage: Stage, family: Family, index: number) {
    this.#stage = stage
    this.#family = family
    this.#index = index
    this.server = { address: stage.pair.serverAddress(family, index), port: firstPort + index }
  }

  get client(): PeerSocket {
    return present(this.#clientSocket, 'the client has no socket yet')
  }

  /** The accepted socket. */
  get accepted(): PeerSocket {
    return present(this.#serverSocket, 'nothing was accepted yet')
  }

  /** On the server's own address. */
  async listen(options: { readonly backlog?: number; readonly accepts?: boolean } = {}): Promise<void> {
    this.#listener = await this.#stage.server.listen({ family: this.#family, ...this.server, ...options })
  }

  /** From the client's own address. */
  async connect(options: { readonly waits?: boolean } = {}): Promise<void> {
    this.#clientSocket = await this.#stage.client.connect({
      family: this.#family,
      host: this.server.address,
      port: this.server.port,
      localAddress: this.#stage.pair.clientAddress(this.#family, this.#index),
      ...options,
    })
  }

  /** Waits until the server's program has accepted the client. */
  async accept(): Promise<void> {
    this.#serverSocket = await present(this.#listener, 'nobody listens yet').accepted(this.client)
  }

  async bind(): Promise<void> {
    const { local } = await this.#stage.server.bind({ family: this.#family, ...this.server })
    this.#bound = local
  }

  cut(direction: Direction): void {
    this.#stage.pair.cut(direction, this.#family, this.#index)
  }

  heal(direction: Direction): void {
    this.#stage.pair.heal(direction, this.#family, this.#index)
  }

  /** The listener's row. */
  listenerIn(connections: readonly Connection[]): Connection | undefined {
    return connections.find(({ local, remote }) => remote === undefined && isSame(local, this.server))
  }

  /** Among the rows of the side, the one that the recipe is about. */
  rowIn(connections: readonly Connection[], side: 'server' | 'client'): Connection | undefined {
    const here = side === 'server' ? this.server : this.client.local
    const there = side === 'server' ? this.#clientSocket?.local : this.server
    // A recipe without a connection is about the port itself, and one with two sockets on a port about the connection.
    const isListener = there === undefined || this.#bound !== undefined
    return connections.find(
      ({ local, remote }) => isSame(local, here) && (isListener ? remote === undefined : remote !== undefined && isSame(remote, there)),
    )
  }
}

/** Waits until the kernel says so to the owner of the socket, whatever Sockscope shows. */
export function untilState(socket: PeerSocket, state: TcpState): Promise<void> {
  return socket.untilKernelState(stateCode(state))
}

const isSame = (left: Endpoint, right: Endpoint): boolean => left.port === right.port && left.address === right.address

function present<Thing>(thing: Thing | undefined, complaint: string): Thing {
  if (thing === undefined) throw new Error(`The steps of a recipe are out of order: ${complaint}.`)
  return thing
}
