/**
 * A handle on one process, pidfd_open(2): signals through it reach that process or nobody, never a successor of its pid. The
 * system call numbers are the same on every architecture (asm-generic/unistd.h); old C libraries have no wrappers.
 */
import { errno, libc } from './libc.ts'

const SYS_pidfd_send_signal = 424
const SYS_pidfd_open = 434
const SYS_pidfd_getfd = 438
const POLLIN = 1

/** Numbers of signal(7); x86 and ARM agree on them. */
export const signalNumbers = { TERM: 15, KILL: 9 } as const
export type SignalName = keyof typeof signalNumbers

/** kill(2): to whatever process has this pid now. 0, or the errno. */
export function sendSignal(pid: number, name: SignalName): number {
  return libc().kill(pid, signalNumbers[name]) < 0 ? errno() : 0
}

export class ProcessHandle {
  readonly #descriptor: number

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** The handle, or the errno: ESRCH when there is no such process, ENOSYS before Linux 5.3. */
  static open(pid: number): ProcessHandle | { readonly errno: number } {
    const descriptor = libc().syscall(SYS_pidfd_open, pid, 0, 0)
    return descriptor < 0 ? { errno: errno() } : new ProcessHandle(descriptor)
  }

  /** 0, or the errno. */
  signal(name: SignalName): number {
    return libc().syscall4(SYS_pidfd_send_signal, this.#descriptor, signalNumbers[name], 0, 0) < 0 ? errno() : 0
  }

  /** True when the process has ended; it may still be a zombie that its parent has not collected. */
  hasEnded(): boolean {
    const request = new Uint8Array(8)
    const view = new DataView(request.buffer)
    view.setInt32(0, this.#descriptor, true)
    view.setInt16(4, POLLIN, true)
    return libc().poll(request, 1, 0) > 0
  }

  /** A duplicate of one of the process' descriptors in this process (pidfd_getfd(2)), or the errno. */
  duplicate(descriptor: number): { readonly descriptor: number } | { readonly errno: number } {
    const copy = libc().syscall(SYS_pidfd_getfd, this.#descriptor, descriptor, 0)
    return copy < 0 ? { errno: errno() } : { descriptor: copy }
  }

  close(): void {
    libc().close(this.#descriptor)
  }
}
