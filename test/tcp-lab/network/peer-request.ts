/** What a peer program can be told, as lines of JSON: each with an `id`, answered by `{ id, answer }` or `{ id, failed }`. */
import type { Family } from './pair.ts'

export interface ListenRequest {
  readonly family: Family
  /** Every address of the family without it. */
  readonly address?: string
  readonly port: number
  readonly backlog?: number
  /** Whether the program accepts what comes. */
  readonly accepts?: boolean
  /** SO_RCVBUF of the accepted sockets, before the kernel doubles it (socket(7)). */
  readonly receiveBuffer?: number
}

export interface ConnectRequest {
  readonly family: Family
  readonly host: string
  readonly port: number
  readonly localAddress?: string
  readonly localPort?: number
  /** Whether the answer waits until the connection is established. */
  readonly waits?: boolean
  readonly sendBuffer?: number
  readonly receiveBuffer?: number
}

/** Of one socket, without its number. */
export type SocketRequest =
  | { readonly do: 'shutdown' | 'close' | 'reset' | 'state' }
  | { readonly do: 'write'; readonly bytes: number }
  | { readonly do: 'read'; readonly bytes?: number }
  | { readonly do: 'set-reading' | 'set-accepting'; readonly on: boolean }
  | { readonly do: 'keep-alive'; readonly idle: number; readonly interval: number; readonly count: number }
  | { readonly do: 'until-state'; readonly state: number }
  | { readonly do: 'accept'; readonly count: number }
  | { readonly do: 'accepted'; readonly from: { readonly address: string; readonly port: number } }

export type PeerRequest =
  | { readonly do: 'hello' }
  | ({ readonly do: 'listen' } & ListenRequest)
  | ({ readonly do: 'connect'; readonly count: number } & ConnectRequest)
  | { readonly do: 'bind'; readonly family: Family; readonly address?: string; readonly port: number }
  | { readonly do: 'open-descriptors'; readonly count: number }
  | (SocketRequest & { readonly socket: number })
