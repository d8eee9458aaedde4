/** Figures worth asking for, for keys whose values are amounts: the table holds too many different ones to offer those. */
export const valueExamples: Readonly<Record<string, readonly string[]>> = {
  age: ['>1m', '>10m', '>1h', '>1d', '<1m'],
  lastrx: ['>1m', '>5m', '>1h', '<10s'],
  lasttx: ['>1m', '>5m', '>1h', '<10s'],
  rx: ['>1MB', '>100MB', '>1GB', '0'],
  tx: ['>1MB', '>100MB', '>1GB', '0'],
  rxrate: ['>0', '>100KB', '>1MB', '>10MB'],
  txrate: ['>0', '>100KB', '>1MB', '>10MB'],
  rtt: ['>50ms', '>100ms', '>500ms', '<5ms'],
  retrans: ['>0', '>10', '>100'],
  segments: ['>1000', '>100000'],
  unanswered: ['>0', '>2', '>5'],
  recvq: ['>0', '>64KB', '>1MB'],
  sendq: ['>0', '>64KB', '>1MB'],
  port: ['<1024', '1024-49151', '>=49152'],
  lport: ['<1024', '1024-49151', '>=49152'],
  rport: ['<1024', '1024-49151', '>=49152'],
}
