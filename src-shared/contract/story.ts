/** What is known of the life of one connection so far; explain/ puts it into words. */
import type { Connection, Endpoint } from '../model/connection.ts'
import type { TcpState } from '../model/tcp-state.ts'

export interface StateStep {
  readonly state: TcpState
  /** Unix milliseconds of the look that first saw this state; absent when the row was in it before the first look. */
  readonly since?: number
}

export interface ConnectionStory {
  readonly connection: Connection
  /** Unix milliseconds of the look it is about. */
  readonly takenAt: number
  /** States that looks saw, oldest first, the present one last. States that lasted less than a look may be missing. Empty for UDP. */
  readonly path: readonly StateStep[]
  /** Which side called. Unknown is absent; `seen` by a look, or `guessed` from listening sockets and port ranges. */
  readonly role?: { readonly side: 'client' | 'server'; readonly from: 'seen' | 'guessed' }
  /** The other end, when it is a socket of this machine. */
  readonly peer?: Connection
  /** The listening socket that this connection came in through, where there is one on its local port. */
  readonly listener?: { readonly id: string; readonly local: Endpoint }
}
