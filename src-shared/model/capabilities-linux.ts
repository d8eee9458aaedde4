import type { Capabilities } from './capability.ts'

/** Beside the sockets, the same whichever source is in use. */
const linux = {
  'own-owners': { support: 'yes', means: '/proc/PID/fd' },
  'other-owners': { support: 'yes', means: '/proc/PID/fd', condition: 'root-or-ptrace-capability' },
  'executable-path': { support: 'yes', means: '/proc/PID/exe', condition: 'root-or-ptrace-capability' },
  'process-start': { support: 'yes', means: '/proc/PID/stat' },
  'service-names': { support: 'no', reason: 'not-read' },
  'socket-creation': { support: 'no', reason: 'system-does-not-tell' },
  'end-own-process': { support: 'yes', means: 'pidfd_send_signal' },
  'end-other-process': { support: 'yes', means: 'pidfd_send_signal', condition: 'root-or-kill-capability' },
  'close-ipv4': { support: 'yes', means: 'SOCK_DESTROY; pidfd_getfd', condition: 'root-or-net-admin' },
  'close-ipv6': { support: 'yes', means: 'SOCK_DESTROY; pidfd_getfd', condition: 'root-or-net-admin' },
  elevation: { support: 'no', reason: 'start-again-elevated', condition: 'root' },
  'other-namespaces': { support: 'no', reason: 'own-namespace-only' },
  statistics: { support: 'yes', means: '/proc/net/snmp, snmp6, netstat' },
  interfaces: { support: 'yes', means: 'rtnetlink RTM_GETLINK, RTM_GETADDR' },
  routes: { support: 'yes', means: 'rtnetlink RTM_GETROUTE' },
  'kernel-settings': { support: 'yes', means: '/proc/sys/net' },
  trace: { support: 'yes', means: 'tcpdump', condition: 'root-or-net-raw' },
} as const satisfies Partial<Capabilities>

export const linuxNetlink: Capabilities = {
  ...linux,
  'tcp-sockets': { support: 'yes', means: 'sock_diag' },
  'udp-sockets': { support: 'yes', means: 'sock_diag' },
  'udp-peers': { support: 'yes', means: 'sock_diag' },
  'tcp-bytes': { support: 'yes', means: 'tcp_info' },
  'udp-bytes': { support: 'no', reason: 'udp-not-counted' },
  rates: { support: 'yes', means: 'tcp_info' },
  'round-trip': { support: 'yes', means: 'tcp_info' },
  retransmits: { support: 'yes', means: 'tcp_info' },
  queues: { support: 'yes', means: 'sock_diag' },
  timers: { support: 'yes', means: 'sock_diag' },
}

export const linuxProcfs: Capabilities = {
  ...linux,
  'tcp-sockets': { support: 'yes', means: '/proc/net/tcp, tcp6' },
  'udp-sockets': { support: 'yes', means: '/proc/net/udp, udp6' },
  'udp-peers': { support: 'yes', means: '/proc/net/udp, udp6' },
  'tcp-bytes': { support: 'no', reason: 'tool-does-not-tell' },
  'udp-bytes': { support: 'no', reason: 'udp-not-counted' },
  rates: { support: 'no', reason: 'no-byte-counters' },
  'round-trip': { support: 'no', reason: 'tool-does-not-tell' },
  retransmits: { support: 'no', reason: 'tool-does-not-tell' },
  queues: { support: 'yes', means: '/proc/net/tcp, udp' },
  timers: { support: 'yes', means: '/proc/net/tcp' },
}
