/** What can be seen and done here, and why not more. Each check's text is found under its id in the message tables. */
import type { DoctorCheck } from '../../../src-shared/contract/status.ts'
import {
  closeDescriptorDirectory,
  countDescriptors,
  descriptorDenied,
  listDescriptors,
  openDescriptorDirectory,
  readSocketInode,
} from '../../native/linux/process-descriptors.ts'
import { ProcessHandle } from '../../native/linux/process-handle.ts'
import { EACCES, EPERM, errnoName } from '../../native/linux/errno-names.ts'
import { listPids, readProcFile, readProcLink } from '../../native/linux/proc-files.ts'
import type { OwnPrivileges } from '../../processes/linux/own-privileges.ts'
import { netlinkSource } from '../../sources/linux/netlink-source.ts'

/** Ids in the order in which they are told. */
export function linuxDoctorChecks(privileges: OwnPrivileges, isRoot: boolean): DoctorCheck[] {
  return [
    netlinkCheck(),
    procfsCheck(),
    socketOwnersCheck(),
    { id: 'hidden-processes', status: privileges.processesHidden && !isRoot ? 'limited' : 'ok' },
    { id: 'process-namespace', status: privileges.ownProcessNamespace ? 'limited' : 'ok' },
    networkNamespaceCheck(),
    descriptorCountCheck(),
    processHandleCheck(),
    { id: 'end-process', status: isRoot || privileges.capabilities.has('kill') ? 'ok' : 'limited' },
    closeConnectionCheck(privileges),
  ]
}

function netlinkCheck(): DoctorCheck {
  const opened = netlinkSource.open()
  if ('unusable' in opened) return { id: 'source-netlink', status: 'missing', parameters: { reason: opened.unusable } }
  opened.close()
  return { id: 'source-netlink', status: 'ok' }
}

function procfsCheck(): DoctorCheck {
  const read = readProcFile('self/net/tcp')
  return read.ok ? { id: 'source-procfs', status: 'ok' } : { id: 'source-procfs', status: 'missing', parameters: { reason: read.reason } }
}

/**
 * From what is refused, not from privileges: being root does not help where a security module or a user namespace is in the way, and
 * capabilities help only together (CAP_DAC_READ_SEARCH opens the directory, CAP_SYS_PTRACE reads its links).
 */
function socketOwnersCheck(): DoctorCheck {
  const refused = listPids().filter((pid) => isRefused(pid)).length
  return refused === 0 ? { id: 'socket-owners', status: 'ok' } : { id: 'socket-owners', status: 'limited', parameters: { refused } }
}

function isRefused(pid: number): boolean {
  const opened = openDescriptorDirectory(pid)
  if ('errno' in opened) return opened.errno === EACCES || opened.errno === EPERM
  const first = listDescriptors(pid)?.[0]
  const refused = first !== undefined && readSocketInode(opened.handle, first) === descriptorDenied
  closeDescriptorDirectory(opened.handle)
  return refused
}

/** Sockets of other network namespaces (containers) are not in any table of this one. */
function networkNamespaceCheck(): DoctorCheck {
  const own = readProcLink('self/ns/net')
  const first = readProcLink('1/ns/net')
  if (first === undefined || own === undefined) return { id: 'network-namespace', status: 'ok' }
  return { id: 'network-namespace', status: own === first ? 'ok' : 'limited' }
}

/** Linux 6.2 tells the number of open descriptors as the size of /proc/PID/fd; before, each look reads more. */
function descriptorCountCheck(): DoctorCheck {
  const own = openDescriptorDirectory(process.pid)
  if ('errno' in own) return { id: 'descriptor-counts', status: 'missing', parameters: { reason: errnoName(own.errno) } }
  const count = countDescriptors(own.handle)
  closeDescriptorDirectory(own.handle)
  return { id: 'descriptor-counts', status: count === undefined || count === 0 ? 'limited' : 'ok' }
}

function processHandleCheck(): DoctorCheck {
  const handle = ProcessHandle.open(process.pid)
  if (!(handle instanceof ProcessHandle))
    return { id: 'process-handles', status: 'missing', parameters: { reason: errnoName(handle.errno) } }
  handle.close()
  return { id: 'process-handles', status: 'ok' }
}

/** Never "missing": root, or the capability, is all that it takes. */
function closeConnectionCheck({ capabilities, ptraceScope }: OwnPrivileges): DoctorCheck {
  if (capabilities.has('netAdmin')) return { id: 'close-connection', status: 'ok' }
  if (ptraceScope === undefined || ptraceScope === 0) return { id: 'close-connection', status: 'limited' }
  return { id: 'close-connection', status: 'limited', parameters: { ptraceScope } }
}
