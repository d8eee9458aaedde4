/** What the table shows of each recipe's row, as the kernel's own sources say it (net/ipv4/inet_diag.c, tcp_diag.c). */
import type { TimerKind } from '../../../src-shared/model/columns.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { Visibility } from '../../../src-shared/model/visibility.ts'
import { backlog, bytesUnread, keepAliveSeconds } from './recipes.ts'

export interface Shown {
  /** Whose program owns the row, or was the last known to. */
  readonly owner: 'server' | 'client'
  readonly visibility: Visibility
  /** The state that its row had before the last step; absent where the last step makes the row. */
  readonly before?: TcpState
  readonly timer?: { readonly kind: TimerKind; readonly atMostMs: number }
  readonly receiveQueue: number
  /** Absent for a listener, which has a backlog instead. */
  readonly sendQueue?: number
  readonly backlog?: number
}

/** The state's word in RFC 9293, Windows' netstat and Linux' ss, and the class of its colours. */
export const spelt: Readonly<Partial<Record<TcpState, readonly [rfc: string, windows: string, ss: string, colour: string]>>> = {
  LISTEN: ['LISTEN', 'LISTENING', 'LISTEN', 'state-listen'],
  SYN_SENT: ['SYN-SENT', 'SYN_SENT', 'SYN-SENT', 'state-syn-sent'],
  SYN_RECEIVED: ['SYN-RECEIVED', 'SYN_RECEIVED', 'SYN-RECV', 'state-syn-received'],
  ESTABLISHED: ['ESTABLISHED', 'ESTABLISHED', 'ESTAB', 'state-established'],
  FIN_WAIT_1: ['FIN-WAIT-1', 'FIN_WAIT_1', 'FIN-WAIT-1', 'state-fin-wait-1'],
  FIN_WAIT_2: ['FIN-WAIT-2', 'FIN_WAIT_2', 'FIN-WAIT-2', 'state-fin-wait-2'],
  CLOSE_WAIT: ['CLOSE-WAIT', 'CLOSE_WAIT', 'CLOSE-WAIT', 'state-close-wait'],
  CLOSING: ['CLOSING', 'CLOSING', 'CLOSING', 'state-closing'],
  LAST_ACK: ['LAST-ACK', 'LAST_ACK', 'LAST-ACK', 'state-last-ack'],
  TIME_WAIT: ['TIME-WAIT', 'TIME_WAIT', 'TIME-WAIT', 'state-time-wait'],
  BOUND: ['BOUND', 'BOUND', 'BOUND', 'state-bound'],
}

/** TCP_RTO_MAX, the longest pause between two retransmissions (RFC 6298 section 2.5). */
const retransmit = { kind: 'retransmit', atMostMs: 120_000 } as const
/** TCP_TIMEWAIT_LEN; an orphan in FIN_WAIT_2 has tcp_fin_timeout, which is as long unless it is changed. */
const timeWait = { kind: 'time-wait', atMostMs: 60_000 } as const

const shown: Readonly<Record<string, Shown>> = {
  listen: { owner: 'server', visibility: 'full', receiveQueue: 0, backlog },
  // Nobody has the socket before accept(); it is for the one who listens.
  'not-accepted': { owner: 'server', visibility: 'kernel', receiveQueue: 0, sendQueue: 0 },
  // SYN and FIN take a sequence number each, and wait in the queues like a byte: sent and not acknowledged, arrived and not read.
  'syn-sent': { owner: 'client', visibility: 'full', timer: retransmit, receiveQueue: 0, sendQueue: 1 },
  'syn-received': { owner: 'server', visibility: 'kernel', timer: retransmit, receiveQueue: 0, sendQueue: 0 },
  established: {
    before: 'ESTABLISHED',
    owner: 'server',
    visibility: 'full',
    timer: { kind: 'keepalive', atMostMs: keepAliveSeconds * 1000 },
    receiveQueue: bytesUnread,
    sendQueue: 0,
  },
  'fin-wait-1': { before: 'ESTABLISHED', owner: 'client', visibility: 'full', timer: retransmit, receiveQueue: 0, sendQueue: 1 },
  'fin-wait-1-orphan': { before: 'ESTABLISHED', owner: 'client', visibility: 'gone', timer: retransmit, receiveQueue: 0, sendQueue: 1 },
  // With an owner no timer runs: it may stay for ever.
  'fin-wait-2': { before: 'ESTABLISHED', owner: 'client', visibility: 'full', receiveQueue: 0, sendQueue: 0 },
  'fin-wait-2-orphan': { before: 'ESTABLISHED', owner: 'client', visibility: 'gone', timer: timeWait, receiveQueue: 0, sendQueue: 0 },
  'close-wait': { before: 'ESTABLISHED', owner: 'server', visibility: 'full', receiveQueue: 1, sendQueue: 0 },
  closing: { before: 'FIN_WAIT_1', owner: 'server', visibility: 'full', timer: retransmit, receiveQueue: 1, sendQueue: 1 },
  'last-ack': { before: 'CLOSE_WAIT', owner: 'server', visibility: 'full', timer: retransmit, receiveQueue: 1, sendQueue: 1 },
  'last-ack-orphan': { before: 'CLOSE_WAIT', owner: 'server', visibility: 'gone', timer: retransmit, receiveQueue: 0, sendQueue: 1 },
  'time-wait': { before: 'FIN_WAIT_2', owner: 'client', visibility: 'gone', timer: timeWait, receiveQueue: 0, sendQueue: 0 },
  bound: { owner: 'server', visibility: 'full', receiveQueue: 0, sendQueue: 0 },
}

export function shownOf(recipe: string): Shown {
  const found = shown[recipe]
  if (found === undefined) throw new Error(`Nothing is written down about what "${recipe}" looks like.`)
  return found
}
