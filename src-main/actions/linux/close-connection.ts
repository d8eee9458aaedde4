/**
 * Closes one TCP connection on Linux. The kernel destroys it by its cookie (SOCK_DESTROY, needs CAP_NET_ADMIN); without that
 * privilege, a connection of one's own process is reset through a duplicate of its descriptor, cookie compared. Either way the
 * result is verified by asking the kernel again.
 */
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { parseIdentity } from '../../../src-shared/model/identity.ts'
import { boundCode, listenCode } from '../../../src-shared/model/tcp-state.ts'
import { ENOENT, EOPNOTSUPP, EPERM, ESTALE, errnoName } from '../../native/linux/errno-names.ts'
import { ProcessHandle } from '../../native/linux/process-handle.ts'
import { closeDescriptor, resetConnection, socketCookie } from '../../native/linux/socket-descriptor.ts'
import type { SocketAddress } from '../../sources/linux/inet-diag-request.ts'
import { SocketQuery, addressOfRow } from '../../sources/linux/socket-query.ts'
import { protocolOfHead, recordWord, recordWords, stateOfHead } from '../../table/row-record.ts'
import type { RowTable } from '../../table/row-table.ts'
import type { ConnectionCloser } from '../connection-closer.ts'
import { DescriptorsByInode } from './descriptors-by-inode.ts'

export class LinuxConnectionCloser implements ConnectionCloser {
  readonly #query = new SocketQuery()
  readonly #descriptors = new DescriptorsByInode()

  close(table: RowTable, id: string): ActionOutcome {
    const identity = parseIdentity(id)
    const slot = identity === undefined ? -1 : table.findIdentity(identity.low, identity.high)
    if (identity === undefined || slot === -1) return { target: id, status: 'gone' }
    if (identity.kind !== 'cookie')
      return { target: id, status: 'not-supported', reason: 'no-kernel-cookie', remedy: 'end-process-instead' }
    const refusal = refusalFor(table, slot)
    if (refusal !== undefined) return { target: id, status: 'not-supported', reason: refusal, remedy: 'end-process-instead' }
    const address = addressOfRow(table, slot)
    const now = this.#query.find(address)
    if ('errno' in now) {
      if (now.errno !== ENOENT && now.errno !== ESTALE)
        return { target: id, status: 'failed', reason: 'system-error', systemError: errnoName(now.errno) }
      return { target: id, status: this.#query.isAddressInUse(address) ? 'replaced' : 'gone' }
    }
    const error = this.#query.destroy(address)
    if (error === 0) return this.#verified(id, address, 'sock-destroy')
    if (error === ENOENT) return { target: id, status: 'gone' }
    if (error === EPERM || error === EOPNOTSUPP) return this.#closeThroughOwner(table, slot, id, address, error)
    return { target: id, status: 'failed', reason: 'system-error', systemError: errnoName(error) }
  }

  dispose(): void {
    this.#query.close()
  }

  #exists(address: SocketAddress): boolean {
    return 'record' in this.#query.find(address)
  }

  #verified(target: string, address: SocketAddress, means: 'sock-destroy' | 'descriptor-reset'): ActionOutcome {
    return { target, status: this.#exists(address) ? 'still-there' : 'done', means }
  }

  #closeThroughOwner(table: RowTable, slot: number, target: string, address: SocketAddress, kernelError: number): ActionOutcome {
    const inode = table.records[slot * recordWords + recordWord.inode] as number
    let ptraceRefused = false
    for (const reference of inode === 0 ? [] : table.ownersOf(slot)) {
      const pid = table.processes.get(reference)?.pid
      const outcome = pid === undefined ? ENOENT : resetInProcess(pid, this.#descriptors.of(pid, inode), address)
      if (outcome === 0) return this.#verified(target, address, 'descriptor-reset')
      if (outcome === EPERM) ptraceRefused = true
    }
    if (kernelError === EOPNOTSUPP && !ptraceRefused)
      return { target, status: 'not-supported', reason: 'kernel-lacks-sock-destroy', remedy: 'end-process-instead' }
    return { target, status: 'not-permitted', remedy: ptraceRefused ? 'allow-ptrace' : 'run-as-root', systemError: errnoName(kernelError) }
  }
}

/**
 * A listener destroyed by the kernel is never told and may spin on accept(); a bound socket cannot be destroyed; a UDP socket gets
 * one error and stays bound. In these cases ending the process is the honest offer.
 */
function refusalFor(
  table: RowTable,
  slot: number,
): 'listening-owner-would-spin' | 'bound-socket-cannot-be-destroyed' | 'udp-stays-bound' | undefined {
  const head = table.records[slot * recordWords + recordWord.head] as number
  if (protocolOfHead(head) !== 0) return 'udp-stays-bound'
  if (stateOfHead(head) === listenCode) return 'listening-owner-would-spin'
  return stateOfHead(head) === boundCode ? 'bound-socket-cannot-be-destroyed' : undefined
}

/** 0 when the connection was reset through the process' own descriptor; EPERM when that is refused; ENOENT when it is not there. */
function resetInProcess(pid: number, descriptors: readonly number[] | number, { cookieLow, cookieHigh }: SocketAddress): number {
  if (typeof descriptors === 'number') return descriptors
  const process = ProcessHandle.open(pid)
  if (!(process instanceof ProcessHandle)) return process.errno
  try {
    for (const descriptor of descriptors) {
      const copy = process.duplicate(descriptor)
      if ('errno' in copy) return copy.errno
      const cookie = socketCookie(copy.descriptor)
      const same = cookie?.low === cookieLow && cookie.high === cookieHigh
      const error = same ? resetConnection(copy.descriptor) : ENOENT
      closeDescriptor(copy.descriptor)
      if (same) return error
    }
    return ENOENT
  } finally {
    process.close()
  }
}
