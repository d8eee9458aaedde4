import type { TcpState } from '../model/tcp-state.ts'

/** How the tools of each system write a state; absent where the tool has no word for it. */
export interface StateSpellings {
  readonly rfc?: string
  /** `ss` and its own filter words. */
  readonly ss?: string
  /** The hexadecimal number in /proc/net/tcp. */
  readonly procNet?: string
  readonly netstatLinux?: string
  readonly netstatWindows?: string
  /** MIB_TCP_STATE of the Windows IP Helper interface. */
  readonly windowsNumber?: number
  readonly macos?: string
}

export const stateSpellings: Record<TcpState, StateSpellings> = {
  ESTABLISHED: usual('ESTABLISHED', { ss: 'ESTAB', procNet: '01', windowsNumber: 5 }),
  SYN_SENT: usual('SYN_SENT', { procNet: '02', windowsNumber: 3 }),
  SYN_RECEIVED: usual('SYN_RECEIVED', { ss: 'SYN-RECV', procNet: '03', netstatLinux: 'SYN_RECV', windowsNumber: 4, macos: 'SYN_RCVD' }),
  FIN_WAIT_1: usual('FIN_WAIT_1', { procNet: '04', netstatLinux: 'FIN_WAIT1', windowsNumber: 6 }),
  FIN_WAIT_2: usual('FIN_WAIT_2', { procNet: '05', netstatLinux: 'FIN_WAIT2', windowsNumber: 7 }),
  TIME_WAIT: usual('TIME_WAIT', { procNet: '06', windowsNumber: 11 }),
  CLOSED: usual('CLOSED', { ss: 'UNCONN', procNet: '07', netstatLinux: 'CLOSE', windowsNumber: 1 }),
  CLOSE_WAIT: usual('CLOSE_WAIT', { procNet: '08', windowsNumber: 8 }),
  LAST_ACK: usual('LAST_ACK', { procNet: '09', windowsNumber: 10 }),
  LISTEN: usual('LISTEN', { procNet: '0A', netstatWindows: 'LISTENING', windowsNumber: 2 }),
  CLOSING: usual('CLOSING', { procNet: '0B', windowsNumber: 9 }),
  BOUND: { netstatWindows: 'BOUND', macos: 'CLOSED' },
  DELETE_TCB: { netstatWindows: 'DELETE_TCB', windowsNumber: 12 },
}

/** RFC 9293 and `ss` write hyphens where everyone else writes underscores. */
function usual(word: TcpState, differences: StateSpellings): StateSpellings {
  const hyphened = word.replaceAll('_', '-')
  return { rfc: hyphened, ss: hyphened, netstatLinux: word, netstatWindows: word, macos: word, ...differences }
}
