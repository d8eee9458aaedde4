/** The two normal ways through the states (RFC 9293 figures 5 and 12). Whoever closes first walks the closing half of the client's. */
import type { TcpState } from '../model/tcp-state.ts'
import type { TransitionCause } from './state-transitions.ts'

export type PathSide = 'client' | 'server'

export interface PathStep {
  readonly state: TcpState
  /** What leads to the next state; absent at the end. */
  readonly leaving?: TransitionCause
}

export const statePaths: Readonly<Record<PathSide, readonly PathStep[]>> = {
  client: [
    { state: 'CLOSED', leaving: 'connect' },
    { state: 'SYN_SENT', leaving: 'syn-ack-arrives' },
    { state: 'ESTABLISHED', leaving: 'close-first' },
    { state: 'FIN_WAIT_1', leaving: 'fin-acknowledged' },
    { state: 'FIN_WAIT_2', leaving: 'fin-arrives' },
    { state: 'TIME_WAIT', leaving: 'timer' },
    { state: 'CLOSED' },
  ],
  server: [
    { state: 'CLOSED', leaving: 'listen' },
    { state: 'LISTEN', leaving: 'syn-arrives' },
    { state: 'SYN_RECEIVED', leaving: 'final-ack-arrives' },
    { state: 'ESTABLISHED', leaving: 'fin-arrives' },
    { state: 'CLOSE_WAIT', leaving: 'close-second' },
    { state: 'LAST_ACK', leaving: 'fin-acknowledged' },
    { state: 'CLOSED' },
  ],
}

/** Which normal path has the step, if any; none has both. */
export function pathOfStep(from: TcpState, to: TcpState): PathSide | undefined {
  const has = (side: PathSide): boolean =>
    statePaths[side].some(({ state }, index) => state === from && statePaths[side][index + 1]?.state === to)
  if (has('client')) return 'client'
  return has('server') ? 'server' : undefined
}
