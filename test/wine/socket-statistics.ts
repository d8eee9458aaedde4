/** Reads `ss -HtuanpO`: written for these tests, so that no mistake of the product's own parsers can hide here. */
import type { SystemRow } from './windows-machine.ts'

export interface SocketStatisticsRow extends SystemRow {
  /** Programs that hold the socket. */
  readonly programs: readonly string[]
}

const states: Record<string, string> = {
  ESTAB: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT_1',
  'FIN-WAIT-2': 'FIN_WAIT_2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECEIVED',
  'TIME-WAIT': 'TIME_WAIT',
}

export function parseSocketStatistics(text: string): SocketStatisticsRow[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseLine)
}

function parseLine(line: string): SocketStatisticsRow {
  const [protocol = '', state = '', , , local = '', remote = '', ...rest] = line.trim().split(/\s+/)
  return {
    protocol,
    ...(protocol === 'tcp' ? { state: states[state] ?? state } : {}),
    local: plain(local),
    ...(remote.endsWith(':*') ? {} : { remote: plain(remote) }),
    programs: [...rest.join(' ').matchAll(/\("([^"]*)",pid=/g)].map(([, program]) => program ?? ''),
  }
}

/** A listener of both families is written as `*`; an IPv4 connection that it accepted, Windows counts to IPv4. */
function plain(endpoint: string): string {
  return endpoint
    .replace(/[[\]]/g, '')
    .replace(/^\*:/, ':::')
    .replace(/^::ffff:(?=\d+\.)/, '')
}
