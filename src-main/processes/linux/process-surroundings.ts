/** Where a process lives: directory, unit, container, namespaces, threads and memory. Nothing here says which process; the caller checks. */
import { namespaceKinds, type NamespaceKind } from '../../../src-shared/contract/process-details.ts'
import { readProcLink, readProcText } from '../../native/linux/proc-files.ts'
import { parseControlGroup, type ControlGroupFacts } from './parse-control-group.ts'
import { parseProcessStatus, type ProcessStatus } from './parse-process-status.ts'

export interface LinuxProcessSurroundings extends ControlGroupFacts, ProcessStatus {
  readonly workingDirectory?: string
  /** Undefined when the namespaces may not be seen. */
  readonly otherNamespaces?: readonly NamespaceKind[]
}

/** Links below /proc/PID/ns (namespaces(7)). */
const namespaceLinks: Readonly<Record<NamespaceKind, string>> = { network: 'net', process: 'pid', mount: 'mnt', user: 'user' }

export function linuxProcessSurroundings(pid: number): LinuxProcessSurroundings {
  const workingDirectory = readProcLink(`${pid}/cwd`)
  const otherNamespaces = otherNamespacesOf(pid)
  return {
    ...parseControlGroup(readProcText(`${pid}/cgroup`) ?? ''),
    ...parseProcessStatus(readProcText(`${pid}/status`) ?? ''),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(otherNamespaces === undefined ? {} : { otherNamespaces }),
  }
}

function otherNamespacesOf(pid: number): NamespaceKind[] | undefined {
  const others: NamespaceKind[] = []
  for (const kind of namespaceKinds) {
    const link = namespaceLinks[kind]
    const theirs = readProcLink(`${pid}/ns/${link}`)
    if (theirs === undefined) return undefined
    if (theirs !== readProcLink(`self/ns/${link}`)) others.push(kind)
  }
  return others
}
