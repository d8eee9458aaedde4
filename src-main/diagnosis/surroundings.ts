/** What the diagnosis is told beside the rows. Read by its caller, at the time of a look; every unknown is absent. */
import type { GaugeId } from '../../src-shared/contract/gauges.ts'
import type { KernelSettingId } from '../../src-shared/contract/network.ts'
import type { CapabilityReason } from '../../src-shared/model/capability-reason.ts'
import type { Capabilities } from '../../src-shared/model/capability.ts'
import type { ProcessIdentity } from '../../src-shared/model/process.ts'

/** Of the whole system since its start; they only grow, and some wrap at 32 bits. */
export interface SystemCounters {
  /** Connections dropped because an accept queue was full. */
  readonly listenOverflows?: number
  readonly listenDrops?: number
  readonly synCookiesSent?: number
  readonly sentSegments?: number
  readonly retransmittedSegments?: number
}

export interface DescriptorUse {
  readonly used: number
  readonly limit?: number
}

export interface ProcessActivity {
  /** waiting: in the kernel, not to be woken by a signal. */
  readonly state: 'running' | 'sleeping' | 'waiting' | 'stopped' | 'ended'
  /** Share of one processor since the last time it was asked for; above 1 with several threads. */
  readonly processorShare?: number
}

export interface DescribedProcess {
  readonly startToken: string
  readonly parentPid: number
  readonly executable?: string
  /** Unix milliseconds. */
  readonly startedAt?: number
}

/** Of the whole system now. */
export interface SocketTotals {
  /** Connections that no process holds any more. */
  readonly orphans?: number
  /** Kept after closing: TIME_WAIT, and FIN_WAIT_2 that no process holds. */
  readonly timeWait?: number
  /** Bytes in the buffers of all TCP sockets, and from where on the kernel saves memory. */
  readonly tcpMemory?: { readonly used: number; readonly limit?: number }
}

export interface Surroundings extends SocketTotals {
  /** Node's word for the system; absent where it is not known. */
  readonly platform?: string
  readonly counters: SystemCounters
  readonly settings: ReadonlyMap<KernelSettingId, readonly number[]>
  /** Why something about processes or totals is not told on this platform. */
  readonly untold: Readonly<Partial<Record<GaugeId, CapabilityReason>>>
  /** What the platform and the source in use tell; absent where the platform is unknown. */
  readonly capabilities?: Capabilities
  readonly descriptorsOf: (process: ProcessIdentity) => DescriptorUse | undefined
  readonly activityOf: (pid: number) => ProcessActivity | undefined
  /** Whoever has the pid now; the caller compares the start. */
  readonly describeProcess: (pid: number) => DescribedProcess | undefined
  /** `address` without zone. Routing by anything but the destination is not looked at: then it may be undefined. */
  readonly routeTo: (address: string) => 'present' | 'absent' | undefined
}

/** Nothing but the rows is known. */
export const noSurroundings: Surroundings = {
  counters: {},
  settings: new Map(),
  untold: {},
  descriptorsOf: () => undefined,
  activityOf: () => undefined,
  describeProcess: () => undefined,
  routeTo: () => undefined,
}
