import type { Capabilities } from './capability.ts'

const macos = {
  'executable-path': { support: 'yes', means: 'proc_pidpath' },
  'process-start': { support: 'yes', means: 'sysctl KERN_PROC_ALL' },
  'service-names': { support: 'no', reason: 'not-read' },
  'socket-creation': { support: 'no', reason: 'system-does-not-tell' },
  timers: { support: 'no', reason: 'not-read' },
  'end-own-process': { support: 'yes', means: 'kill' },
  'end-other-process': { support: 'yes', means: 'osascript, kill', condition: 'administrator-password' },
  'close-ipv4': { support: 'no', reason: 'no-call-to-close' },
  'close-ipv6': { support: 'no', reason: 'no-call-to-close' },
  elevation: { support: 'partly', means: 'osascript', reason: 'only-to-end-processes', condition: 'administrator-password' },
  'other-namespaces': { support: 'no', reason: 'no-such-thing' },
  statistics: { support: 'yes', means: 'sysctl net.inet.tcp.stats, udp.stats, ip.stats' },
  interfaces: { support: 'yes', means: 'sysctl NET_RT_IFLIST2' },
  routes: { support: 'yes', means: 'sysctl NET_RT_DUMP2' },
  'kernel-settings': { support: 'yes', means: 'sysctl net.inet' },
  trace: { support: 'yes', means: 'tcpdump', condition: 'root-or-bpf-access' },
} as const satisfies Partial<Capabilities>

export const macosPcblist: Capabilities = {
  ...macos,
  'tcp-sockets': { support: 'yes', means: 'sysctl net.inet.tcp.pcblist_n' },
  'udp-sockets': { support: 'yes', means: 'sysctl net.inet.udp.pcblist_n' },
  'udp-peers': { support: 'yes', means: 'sysctl net.inet.udp.pcblist_n' },
  'own-owners': { support: 'yes', means: 'so_last_pid, so_e_pid' },
  'other-owners': { support: 'yes', means: 'so_last_pid, so_e_pid' },
  'tcp-bytes': { support: 'yes', means: 'xsockstat_n' },
  'udp-bytes': { support: 'yes', means: 'xsockstat_n' },
  rates: { support: 'yes', means: 'xsockstat_n' },
  'round-trip': { support: 'yes', means: 'xtcpcb_n' },
  retransmits: { support: 'no', reason: 'system-does-not-tell' },
  queues: { support: 'yes', means: 'xsockbuf_n' },
}

export const macosNetstat: Capabilities = {
  ...macos,
  'tcp-sockets': { support: 'yes', means: 'netstat -anlvb -p tcp' },
  'udp-sockets': { support: 'yes', means: 'netstat -anlvb -p udp' },
  'udp-peers': { support: 'yes', means: 'netstat -anlvb -p udp' },
  'own-owners': { support: 'yes', means: 'netstat -v' },
  'other-owners': { support: 'yes', means: 'netstat -v' },
  'tcp-bytes': { support: 'yes', means: 'netstat -b' },
  'udp-bytes': { support: 'yes', means: 'netstat -b' },
  rates: { support: 'yes', means: 'netstat -b' },
  'round-trip': { support: 'no', reason: 'tool-does-not-tell' },
  retransmits: { support: 'no', reason: 'tool-does-not-tell' },
  queues: { support: 'yes', means: 'netstat -a' },
}

export const macosLsof: Capabilities = {
  ...macos,
  'tcp-sockets': { support: 'partly', means: 'lsof -iTCP', reason: 'user-space-sockets-missing' },
  'udp-sockets': { support: 'partly', means: 'lsof -iUDP', reason: 'user-space-sockets-missing' },
  'udp-peers': { support: 'yes', means: 'lsof -iUDP' },
  'own-owners': { support: 'yes', means: 'lsof' },
  'other-owners': { support: 'partly', means: 'lsof', reason: 'own-processes-only', condition: 'root' },
  'tcp-bytes': { support: 'no', reason: 'tool-does-not-tell' },
  'udp-bytes': { support: 'no', reason: 'tool-does-not-tell' },
  rates: { support: 'no', reason: 'no-byte-counters' },
  'round-trip': { support: 'no', reason: 'tool-does-not-tell' },
  retransmits: { support: 'no', reason: 'tool-does-not-tell' },
  queues: { support: 'yes', means: 'lsof -Tqs' },
}
