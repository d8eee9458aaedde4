/**
 * A process is its pid and its start: the token is what the operating system gives to tell two bearers of one pid apart
 * (Linux: start time in clock ticks since boot, /proc/PID/stat field 22). Opaque; compared for equality only.
 */
export interface ProcessIdentity {
  readonly pid: number
  readonly startToken: string
}

/** What is known of a process that owns, or last owned, a socket. Absent facts are unknown or not permitted. */
export interface ProcessRecord extends ProcessIdentity {
  /** Number within one engine session; rows refer to it. Starts at 1. */
  readonly ref: number
  readonly name?: string
  readonly executable?: string
  /** The executable's file was removed or replaced after the start. */
  readonly executableDeleted?: boolean
  readonly user?: string
  /** Unix milliseconds. */
  readonly startedAt?: number
  /** The process has ended; the rows that still name it are what the kernel finishes without it. */
  readonly exited?: boolean
}
