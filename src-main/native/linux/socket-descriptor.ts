/** What can be asked of, and done to, a socket that is open in this process. */
import { errno, libc } from './libc.ts'

const SOL_SOCKET = 1
const SO_LINGER = 13
const SO_COOKIE = 57
const AF_UNSPEC = 0
const sockaddrBytes = 16

/** The kernel's id of the socket (SO_COOKIE, Linux 4.12), as two halves; undefined when the descriptor is no socket. */
export function socketCookie(descriptor: number): { readonly low: number; readonly high: number } | undefined {
  const value = new Uint8Array(8)
  const length = new Uint8Array([8, 0, 0, 0])
  if (libc().getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, value, length) < 0) return undefined
  const view = new DataView(value.buffer)
  return { low: view.getUint32(0, true), high: view.getUint32(4, true) }
}

/**
 * Resets a TCP connection: no lingering, then connect() to nowhere, which drops the connection and sends RST (tcp(7)).
 * Returns 0 or the errno.
 */
export function resetConnection(descriptor: number): number {
  const linger = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]) // on, for zero seconds
  libc().setsockopt(descriptor, SOL_SOCKET, SO_LINGER, linger, linger.length)
  const nowhere = new Uint8Array(sockaddrBytes)
  nowhere[0] = AF_UNSPEC
  return libc().connect(descriptor, nowhere, nowhere.length) < 0 ? errno() : 0
}

export function closeDescriptor(descriptor: number): void {
  libc().close(descriptor)
}
