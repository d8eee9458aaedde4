import { linuxDescriptorReader } from '../../processes/linux/descriptor-use.ts'
import { LinuxActivityReader } from '../../processes/linux/process-activity.ts'
import { LinuxSocketTotalsReader } from '../../statistics/linux/socket-totals.ts'
import { readLinuxCounters } from '../../statistics/linux/system-counters.ts'
import type { MachineReader } from '../machine-reader.ts'

export function createLinuxMachine(steadyNow: () => number): MachineReader {
  const totals = new LinuxSocketTotalsReader()
  const activity = new LinuxActivityReader(steadyNow)
  return {
    counters: () => readLinuxCounters(),
    socketTotals: () => totals.read(),
    descriptorsOf: linuxDescriptorReader(),
    activityOf: (pid) => activity.activityOf(pid),
    untold: {},
  }
}
