/** What the diagnosis is told beside the rows. Read by its caller, at the time of a look; every unknown is absent. */
import type { KernelSettingId } from '../../src-shared/contract/network.ts'
import type { Capabilities } from '../../src-shared/model/capability.ts'

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

export interface Surroundings {
  readonly counters: SystemCounters
  readonly settings: ReadonlyMap<KernelSettingId, readonly number[]>
  readonly orphans?: number
  /** What the platform and the source in use tell; absent where the platform is unknown. */
  readonly capabilities?: Capabilities
  readonly descriptorsOf: (pid: number) => DescriptorUse | undefined
  readonly activityOf: (pid: number) => ProcessActivity | undefined
  readonly routeTo: (address: string) => 'present' | 'absent' | undefined
}

/** Nothing but the rows is known. */
export const noSurroundings: Surroundings = {
  counters: {},
  settings: new Map(),
  descriptorsOf: () => undefined,
  activityOf: () => undefined,
  routeTo: () => undefined,
}
