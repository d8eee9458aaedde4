import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import { LinuxConnectionCloser } from '../../actions/linux/close-connection.ts'
import { LinuxProcessTerminator } from '../../actions/linux/end-process.ts'
import { readProcText } from '../../native/linux/proc-files.ts'
import { userNames } from '../../native/linux/user-names.ts'
import { childProcessesOf } from '../../processes/linux/child-processes.ts'
import { LinuxOwnerResolver } from '../../processes/linux/linux-owner-resolver.ts'
import { readOwnPrivileges } from '../../processes/linux/own-privileges.ts'
import { parseProcessStat } from '../../processes/linux/parse-process-files.ts'
import { ProcessFactsReader } from '../../processes/linux/process-facts.ts'
import { netlinkSource } from '../../sources/linux/netlink-source.ts'
import { procfsSource } from '../../sources/linux/procfs-source.ts'
import type { PlatformOptions, PlatformParts, ProcessDescription } from '../platform-parts.ts'
import { linuxDoctorChecks } from './linux-doctor.ts'
import { createLinuxMachine } from './linux-machine.ts'
import { linuxProcessFacts } from './linux-process-facts.ts'

export function createLinuxParts({ steadyNow, delay, isOwn, userName, userId }: PlatformOptions): PlatformParts {
  const privileges = readOwnPrivileges()
  const facts = new ProcessFactsReader()
  const isRoot = userId === 0
  return {
    sources: [netlinkSource, procfsSource],
    resolver: new LinuxOwnerResolver({
      now: steadyNow,
      isRoot,
      effectiveUserNames: () =>
        (userId === undefined ? [userName] : [userNames.nameOf(userId), String(userId)]).filter((name) => name !== undefined),
      ownProcessNamespace: privileges.ownProcessNamespace,
      processesHidden: privileges.processesHidden && !isRoot,
    }),
    terminator: new LinuxProcessTerminator({ delay, isOwn }),
    closer: new LinuxConnectionCloser(),
    elevated: isRoot,
    machine: createLinuxMachine(steadyNow),
    describeProcess: (pid) => describe(pid, facts),
    childrenOf: childProcessesOf,
    parentsNow: () => (pid) => parseProcessStat(readProcText(`${pid}/stat`) ?? '')?.parentPid,
    processFacts: linuxProcessFacts(delay, (pid) => facts.readPid(pid)?.name),
    doctorChecks: (): readonly DoctorCheck[] => linuxDoctorChecks(privileges, isRoot),
  }
}

function describe(pid: number, reader: ProcessFactsReader): ProcessDescription | undefined {
  const stat = parseProcessStat(readProcText(`${pid}/stat`) ?? '')
  if (stat === undefined) return undefined
  const facts = reader.readPid(pid)
  // Between the two reads another process may have taken the pid; then only the name of the one first seen is told.
  if (facts?.startToken !== stat.startTicks) return { startToken: stat.startTicks, parentPid: stat.parentPid, name: stat.name }
  const { pid: _pid, ...rest } = facts
  return { ...rest, parentPid: stat.parentPid }
}
