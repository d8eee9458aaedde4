/**
 * What Linux lets one set and what decides over TCP states (Documentation/networking/ip-sysctl.rst). Defaults are those of a current
 * kernel; where they grow with memory there is none.
 */
import type { KernelSetting, KernelSettingsReport, UnreadPart } from '../../../src-shared/contract/network.ts'
import type { Told } from '../network-reader.ts'

export type SettingDefinition = Omit<KernelSetting, 'values'>

export const linuxSettings: readonly SettingDefinition[] = [
  {
    id: 'local-port-range',
    name: 'net.ipv4.ip_local_port_range',
    unit: 'ports',
    defaults: [32_768, 60_999],
    states: ['SYN_SENT', 'TIME_WAIT'],
  },
  { id: 'listen-backlog-limit', name: 'net.core.somaxconn', unit: 'sockets', defaults: [4096], states: ['LISTEN', 'ESTABLISHED'] },
  { id: 'max-syn-backlog', name: 'net.ipv4.tcp_max_syn_backlog', unit: 'sockets', states: ['SYN_RECEIVED'] },
  { id: 'syncookies', name: 'net.ipv4.tcp_syncookies', unit: 'choice', defaults: [1], states: ['SYN_RECEIVED'] },
  { id: 'syn-retries', name: 'net.ipv4.tcp_syn_retries', unit: 'attempts', defaults: [6], states: ['SYN_SENT'] },
  { id: 'synack-retries', name: 'net.ipv4.tcp_synack_retries', unit: 'attempts', defaults: [5], states: ['SYN_RECEIVED'] },
  { id: 'keepalive-time', name: 'net.ipv4.tcp_keepalive_time', unit: 'seconds', defaults: [7200], states: ['ESTABLISHED', 'CLOSE_WAIT'] },
  {
    id: 'keepalive-interval',
    name: 'net.ipv4.tcp_keepalive_intvl',
    unit: 'seconds',
    defaults: [75],
    states: ['ESTABLISHED', 'CLOSE_WAIT'],
  },
  { id: 'keepalive-probes', name: 'net.ipv4.tcp_keepalive_probes', unit: 'attempts', defaults: [9], states: ['ESTABLISHED', 'CLOSE_WAIT'] },
  { id: 'retransmit-retries', name: 'net.ipv4.tcp_retries2', unit: 'attempts', defaults: [15], states: ['ESTABLISHED', 'CLOSE_WAIT'] },
  {
    id: 'orphan-retries',
    name: 'net.ipv4.tcp_orphan_retries',
    unit: 'attempts',
    defaults: [0],
    states: ['FIN_WAIT_1', 'CLOSING', 'LAST_ACK'],
  },
  { id: 'max-orphans', name: 'net.ipv4.tcp_max_orphans', unit: 'sockets', states: ['FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSING', 'LAST_ACK'] },
  { id: 'fin-timeout', name: 'net.ipv4.tcp_fin_timeout', unit: 'seconds', defaults: [60], states: ['FIN_WAIT_2'] },
  { id: 'max-time-wait', name: 'net.ipv4.tcp_max_tw_buckets', unit: 'sockets', states: ['TIME_WAIT'] },
  { id: 'time-wait-reuse', name: 'net.ipv4.tcp_tw_reuse', unit: 'choice', defaults: [2], states: ['TIME_WAIT'] },
  { id: 'abort-on-overflow', name: 'net.ipv4.tcp_abort_on_overflow', unit: 'choice', defaults: [0], states: ['LISTEN', 'SYN_RECEIVED'] },
]

/** `read` answers the text of a setting's file by its dotted name, or why it cannot. */
export function readLinuxSettings(
  read: (name: string) => { readonly text: string } | { readonly reason: string },
  definitions: readonly SettingDefinition[] = linuxSettings,
): Told<KernelSettingsReport> {
  const settings: KernelSetting[] = []
  const unread: UnreadPart[] = []
  for (const definition of definitions) {
    const told = read(definition.name)
    const values = 'text' in told ? parseSettingValues(told.text) : undefined
    if (values !== undefined) settings.push({ ...definition, values })
    else unread.push({ part: definition.name, reason: 'text' in told ? 'malformed' : told.reason })
  }
  return { means: ['/proc/sys'], unread, settings }
}

/** One or several integers between blanks. */
export function parseSettingValues(text: string): number[] | undefined {
  const words = text.trim().split(/\s+/u)
  return words.length <= 3 && words.every((word) => /^-?\d{1,15}$/u.test(word)) ? words.map(Number) : undefined
}
