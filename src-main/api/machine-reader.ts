/** What a platform tells of processes and of the whole machine beside sockets and the network reader. */
import type { DescriptorUse, ProcessActivity, SocketTotals, Surroundings, SystemCounters } from '../diagnosis/surroundings.ts'

export interface MachineReader {
  /** Absent: those that the network reader tells. */
  readonly counters?: () => SystemCounters
  readonly socketTotals?: () => SocketTotals
  readonly descriptorsOf?: (pid: number) => DescriptorUse | undefined
  readonly activityOf?: (pid: number) => ProcessActivity | undefined
  /** Why not more. */
  readonly untold: Surroundings['untold']
}
