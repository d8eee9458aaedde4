/** A netlink socket: bytes out, bytes in (netlink(7), sock_diag(7), rtnetlink(7)). Requests and answers are made and read elsewhere. */
import { EAGAIN, EINTR } from './errno-names.ts'
import { errno, libc } from './libc.ts'

const AF_NETLINK = 16
const SOCK_RAW = 3
const SOCK_CLOEXEC = 0o2000000
export const NETLINK_ROUTE = 0
const NETLINK_SOCK_DIAG = 4
const SOL_SOCKET = 1
const SO_RCVTIMEO = 20
const MSG_TRUNC = 0x20

/** The kernel fills at most 32 KiB per answer; twice that leaves room and shows a truncation should it ever change. */
const receiveBufferBytes = 64 * 1024
/** A lost end-of-dump must not hang the engine. */
const receiveTimeoutSeconds = 2

/** A system call's failure: its errno. */
export interface SystemFailure {
  readonly failed: string
  readonly errno: number
}

export class NetlinkSocket {
  /** What the last `receive` brought, as bytes and as words over the same memory. */
  readonly bytes = new Uint8Array(new ArrayBuffer(receiveBufferBytes))
  readonly words = new Uint32Array(this.bytes.buffer)
  readonly halves = new Uint16Array(this.bytes.buffer)
  #descriptor: number

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  static open(protocol = NETLINK_SOCK_DIAG): NetlinkSocket | SystemFailure {
    const descriptor = libc().socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)
    if (descriptor < 0) return { failed: 'socket', errno: errno() }
    const timeval = new Uint8Array(16)
    new DataView(timeval.buffer).setBigInt64(0, BigInt(receiveTimeoutSeconds), true)
    libc().setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, timeval, timeval.length)
    return new NetlinkSocket(descriptor)
  }

  /** Undefined when sent. */
  send(request: Uint8Array): SystemFailure | undefined {
    for (;;) {
      if (libc().send(this.#descriptor, request, request.length, 0) === request.length) return undefined
      const error = errno()
      if (error !== EINTR) return { failed: 'send', errno: error }
    }
  }

  /** The number of bytes of the next answer, at most the buffer's size. */
  receive(): number | SystemFailure {
    for (;;) {
      const length = libc().recv(this.#descriptor, this.bytes, receiveBufferBytes, MSG_TRUNC)
      if (length > receiveBufferBytes) return { failed: 'recv', errno: 90 }
      if (length > 0) return length
      const error = length === 0 ? EAGAIN : errno()
      if (error !== EINTR) return { failed: 'recv', errno: error }
    }
  }

  /** Afterwards everything fails with EBADF: the number may soon belong to somebody else's descriptor. */
  close(): void {
    if (this.#descriptor < 0) return
    libc().close(this.#descriptor)
    this.#descriptor = -1
  }
}
