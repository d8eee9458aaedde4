/**
 * TCP connection states. Words follow RFC 9293 section 3.3.2 with underscores; BOUND is ours for a socket that is bound and
 * neither listening nor connecting (Linux TCP_BOUND_INACTIVE), DELETE_TCB exists on Windows only.
 * The words are wire tokens of the JSON output and never change; what people read is chosen by dialect and language elsewhere.
 */
export const tcpStates = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECEIVED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'TIME_WAIT',
  'CLOSED',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'BOUND',
  'DELETE_TCB',
] as const
export type TcpState = (typeof tcpStates)[number]

/** Column code of "no state" (every UDP row). */
export const stateAbsent = 0

/** Column code of a state: its position plus one, which for the first eleven is Linux's own number (include/net/tcp_states.h). */
export function stateCode(state: TcpState): number {
  return tcpStates.indexOf(state) + 1
}

export function stateOfCode(code: number): TcpState | undefined {
  return tcpStates[code - 1]
}

export const listenCode = stateCode('LISTEN')
export const establishedCode = stateCode('ESTABLISHED')
export const boundCode = stateCode('BOUND')
export const timeWaitCode = stateCode('TIME_WAIT')
