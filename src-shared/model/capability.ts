import type { CapabilityCondition, CapabilityReason } from './capability-reason.ts'

/** What people may expect of a program like this one. */
export const features = [
  'tcp-sockets',
  'udp-sockets',
  'udp-peers',
  'own-owners',
  'other-owners',
  'executable-path',
  'process-start',
  'service-names',
  'socket-creation',
  'tcp-bytes',
  'udp-bytes',
  'rates',
  'round-trip',
  'retransmits',
  'queues',
  'timers',
  'end-own-process',
  'end-other-process',
  'close-ipv4',
  'close-ipv6',
  'elevation',
  'other-namespaces',
  'statistics',
  'interfaces',
  'routes',
  'kernel-settings',
  'trace',
] as const
export type Feature = (typeof features)[number]

export interface Capability {
  readonly support: 'yes' | 'partly' | 'no'
  /** The call, file or tool, under its own name. */
  readonly means?: string
  readonly condition?: CapabilityCondition
  /** Always there unless support is "yes". */
  readonly reason?: CapabilityReason
}

export type Capabilities = Readonly<Record<Feature, Capability>>
