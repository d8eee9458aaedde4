/**
 * What the machine tells about its network beside its sockets: counters of the protocols, interfaces, routes and the settings that
 * decide how long a connection stays in a state. Plain data; what is unknown is absent.
 */
import type { CapabilityReason } from '../model/capability-reason.ts'
import type { TcpState } from '../model/tcp-state.ts'

export type AddressFamily = 'ipv4' | 'ipv6'

/** A part of the answer that could not be read; the rest stands. */
export interface UnreadPart {
  /** The file, call or setting, under its own name. */
  readonly part: string
  readonly reason: string
}

export interface NetworkReport {
  /** Unix milliseconds. */
  readonly takenAt: number
  /** Files and calls that the answer comes from, under their own names. */
  readonly means: readonly string[]
  readonly unread: readonly UnreadPart[]
  /** Set when this platform cannot tell at all. */
  readonly unavailable?: CapabilityReason
}

/**
 * The keys of `ip`, `icmp`, `tcp` and `udp` are the names of RFC 1213, RFC 4022 (tcp) and RFC 4113 (udp), of both address families:
 * `ipInReceives` of family ipv6 counts IPv6. A kernel's further counters of these protocols get the same prefix. The other groups
 * are the kernel's own and keep its names.
 */
export const statisticsGroups = ['ip', 'icmp', 'tcp', 'udp', 'udpLite', 'icmpMessages', 'ipExtended', 'tcpExtended', 'mptcp'] as const
export type StatisticsGroupId = (typeof statisticsGroups)[number]

export interface StatisticsGroup {
  readonly id: StatisticsGroupId
  /** Absent: both families together. */
  readonly family?: AddressFamily
  /** Since the system started; they only grow, and some wrap at 32 bits. Octets are bytes. */
  readonly counters: Readonly<Record<string, number>>
  /** As of now: settings and current numbers. `tcpRtoMin` and `tcpRtoMax` are milliseconds, `ipReasmTimeout` seconds. */
  readonly gauges: Readonly<Record<string, number>>
}

export interface StatisticsReport extends NetworkReport {
  readonly groups: readonly StatisticsGroup[]
}

export interface InterfaceAddress {
  readonly family: AddressFamily
  readonly address: string
  readonly prefixLength: number
}

/** Since the interface exists. Packets include broadcast and multicast where the system does not tell them apart. */
export interface InterfaceCounters {
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedPackets: number
  readonly sentPackets: number
  readonly receiveErrors: number
  readonly sendErrors: number
  readonly receiveDropped?: number
  readonly sendDropped?: number
  readonly collisions?: number
}

export interface NetworkInterface {
  readonly index?: number
  readonly name: string
  /** What the system's own settings call it, where that differs (Windows). */
  readonly description?: string
  /** Switched on by the administrator. */
  readonly up?: boolean
  /** Ready to carry packets. */
  readonly running?: boolean
  readonly loopback?: boolean
  readonly mtuBytes?: number
  readonly linkSpeedBitsPerSecond?: number
  /** Colon-separated hexadecimal bytes. */
  readonly hardwareAddress?: string
  readonly addresses: readonly InterfaceAddress[]
  readonly counters?: InterfaceCounters
}

export interface InterfacesReport extends NetworkReport {
  readonly interfaces: readonly NetworkInterface[]
}

export interface NextHop {
  readonly gateway?: string
  readonly interface?: string
  readonly weight?: number
}

export const routeTypes = [
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'other',
] as const
export type RouteType = (typeof routeTypes)[number]

export interface Route {
  readonly family: AddressFamily
  /** Network address; the unspecified address with prefix 0 is the default route. */
  readonly destination: string
  readonly prefixLength: number
  readonly type: RouteType
  readonly gateway?: string
  readonly interface?: string
  /** Smaller is preferred. Windows adds the interface's own. */
  readonly metric?: number
  readonly preferredSource?: string
  /** Who entered it, in the system's words: kernel, static, dhcp, ra, 186 … */
  readonly origin?: string
  /** Number of the routing table (Linux): 254 main, 255 local, 253 default. */
  readonly table?: number
  /** More than one way (multipath); `gateway` and `interface` are then absent. */
  readonly nextHops?: readonly NextHop[]
}

export interface RoutesReport extends NetworkReport {
  readonly routes: readonly Route[]
  /** True: there are more; a router with the whole Internet's table is not sent to a screen. */
  readonly cutShort: boolean
}

export const kernelSettingIds = [
  'local-port-range',
  'listen-backlog-limit',
  'max-syn-backlog',
  'syncookies',
  'syn-retries',
  'synack-retries',
  'connect-timeout',
  'keepalive-time',
  'keepalive-interval',
  'keepalive-probes',
  'retransmit-retries',
  'orphan-retries',
  'max-orphans',
  'fin-timeout',
  'max-time-wait',
  'time-wait-reuse',
  'segment-lifetime',
  'abort-on-overflow',
] as const
export type KernelSettingId = (typeof kernelSettingIds)[number]

export interface KernelSetting {
  /** What it means: the explanation is found under it. */
  readonly id: KernelSettingId
  /** The system's own name, such as net.ipv4.tcp_fin_timeout. */
  readonly name: string
  /** A range has two. */
  readonly values: readonly number[]
  readonly unit: 'seconds' | 'milliseconds' | 'ports' | 'sockets' | 'attempts' | 'choice'
  /** What the system ships with; absent where that depends on the machine's memory. */
  readonly defaults?: readonly number[]
  /** States whose number or duration it decides. */
  readonly states: readonly TcpState[]
}

export interface KernelSettingsReport extends NetworkReport {
  readonly settings: readonly KernelSetting[]
}
