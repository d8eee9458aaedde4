import type { Capabilities } from './capability.ts'

const windows = {
  'executable-path': { support: 'yes', means: 'NtQuerySystemInformation (88); QueryFullProcessImageNameW' },
  'process-start': { support: 'yes', means: 'NtQuerySystemInformation (5)' },
  'udp-bytes': { support: 'no', reason: 'udp-not-counted' },
  queues: { support: 'no', reason: 'system-does-not-tell' },
  timers: { support: 'no', reason: 'system-does-not-tell' },
  'end-own-process': { support: 'yes', means: 'TerminateProcess' },
  'end-other-process': { support: 'yes', means: 'TerminateProcess', condition: 'administrator' },
  'close-ipv4': { support: 'yes', means: 'SetTcpEntry', condition: 'administrator' },
  'close-ipv6': { support: 'partly', means: 'NsiSetAllParameters', reason: 'experimental-call', condition: 'experimental-switch' },
  elevation: { support: 'yes', means: 'ShellExecuteExW "runas"', condition: 'uac-consent' },
  'other-namespaces': { support: 'no', reason: 'no-such-thing' },
  statistics: { support: 'yes', means: 'GetTcpStatisticsEx2, GetUdpStatisticsEx2, GetIpStatisticsEx' },
  interfaces: { support: 'yes', means: 'GetIfTable2, GetUnicastIpAddressTable' },
  routes: { support: 'yes', means: 'GetIpForwardTable2' },
  'kernel-settings': { support: 'no', reason: 'no-native-call' },
  trace: { support: 'no', reason: 'no-capture-tool' },
} as const satisfies Partial<Capabilities>

export const windowsIphlpapi: Capabilities = {
  ...windows,
  'tcp-sockets': { support: 'yes', means: 'GetExtendedTcpTable' },
  'udp-sockets': { support: 'yes', means: 'GetExtendedUdpTable' },
  'udp-peers': { support: 'no', reason: 'system-does-not-tell' },
  'own-owners': { support: 'yes', means: 'GetExtendedTcpTable, GetExtendedUdpTable' },
  'other-owners': { support: 'yes', means: 'GetExtendedTcpTable, GetExtendedUdpTable' },
  'service-names': { support: 'yes', means: 'I_QueryTagInformation' },
  'socket-creation': { support: 'yes', means: 'owner module tables' },
  'tcp-bytes': {
    support: 'partly',
    means: 'GetPerTcpConnectionEStats',
    reason: 'administrator-starts-counting',
    condition: 'administrator',
  },
  rates: { support: 'partly', means: 'GetPerTcpConnectionEStats', reason: 'administrator-starts-counting', condition: 'administrator' },
  'round-trip': {
    support: 'partly',
    means: 'GetPerTcpConnectionEStats',
    reason: 'administrator-starts-counting',
    condition: 'administrator',
  },
  retransmits: {
    support: 'partly',
    means: 'GetPerTcpConnectionEStats',
    reason: 'administrator-starts-counting',
    condition: 'administrator',
  },
}

export const windowsNetstat: Capabilities = {
  ...windows,
  'tcp-sockets': { support: 'partly', means: 'netstat -ano', reason: 'language-of-tool' },
  'udp-sockets': { support: 'yes', means: 'netstat -ano' },
  'udp-peers': { support: 'no', reason: 'system-does-not-tell' },
  'own-owners': { support: 'yes', means: 'netstat -ano' },
  'other-owners': { support: 'yes', means: 'netstat -ano' },
  'service-names': { support: 'no', reason: 'tool-does-not-tell' },
  'socket-creation': { support: 'no', reason: 'tool-does-not-tell' },
  'tcp-bytes': { support: 'no', reason: 'tool-does-not-tell' },
  rates: { support: 'no', reason: 'no-byte-counters' },
  'round-trip': { support: 'no', reason: 'tool-does-not-tell' },
  retransmits: { support: 'no', reason: 'tool-does-not-tell' },
}
