/** How much of what is limited is used. What is unknown is absent. */
import type { CapabilityReason } from '../model/capability-reason.ts'
import type { Endpoint } from '../model/connection.ts'
import type { TcpState } from '../model/tcp-state.ts'
import type { FindingProcess } from './diagnosis.ts'

/** Dynamic ports towards one destination. Only one local address, remote address and remote port share the range. */
export interface PortGauge {
  readonly localAddress: string
  readonly remote: Endpoint
  readonly used: number
  readonly byState: Readonly<Partial<Record<TcpState, number>>>
  /** The process with most of them. */
  readonly process?: FindingProcess
}

export interface DescriptorGauge extends FindingProcess {
  readonly used: number
  readonly limit?: number
  /** Of them in Sockscope's table. */
  readonly sockets: number
}

export interface AcceptQueueGauge {
  /** Connection id of the listening row. */
  readonly id: string
  readonly local: Endpoint
  readonly process?: FindingProcess
  /** Completed connections that wait for accept(). */
  readonly waiting: number
  readonly backlog: number
}

export interface LimitGauge {
  readonly used: number
  readonly limit?: number
}

export const gaugeIds = ['ports', 'descriptors', 'accept-queues', 'orphans', 'time-wait', 'tcp-memory'] as const
export type GaugeId = (typeof gaugeIds)[number]

export interface GaugesReport {
  /** Unix milliseconds. */
  readonly takenAt: number
  /** First and last dynamic port, where the system tells them. */
  readonly portRange?: readonly [from: number, to: number]
  /** The fullest destinations first. */
  readonly ports: readonly PortGauge[]
  /** The fullest first. */
  readonly descriptors: readonly DescriptorGauge[]
  readonly acceptQueues: readonly AcceptQueueGauge[]
  /** Connections that no process holds any more. */
  readonly orphans?: LimitGauge
  readonly timeWait?: LimitGauge
  /** Bytes. The limit is where TCP begins to be short of memory. */
  readonly tcpMemory?: LimitGauge
  /** Not told here, or only in part: without a range or limit. */
  readonly unavailable: readonly { readonly gauge: GaugeId; readonly reason: CapabilityReason }[]
}
