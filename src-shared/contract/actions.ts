/** What happened to one target of an action. */
export const actionStatuses = [
  /** Done and verified by looking again. */
  'done',
  /** The target no longer existed. */
  'gone',
  /** Another process or socket has taken its place; nothing was done. */
  'replaced',
  /** The operating system refused; `remedy` says what would permit it. */
  'not-permitted',
  /** This kernel, state or platform cannot do it; `reason` says why. */
  'not-supported',
  /** Sockscope itself or PID 1: needs the explicit second step. */
  'protected',
  /** The call succeeded but the target is still there. */
  'still-there',
  /** Anything else the system answered; `reason` names it. */
  'failed',
] as const
export type ActionStatus = (typeof actionStatuses)[number]

export const actionReasons = [
  'listening-owner-would-spin',
  'bound-socket-cannot-be-destroyed',
  'udp-stays-bound',
  'kernel-lacks-sock-destroy',
  'no-kernel-cookie',
  'platform-cannot',
  'self',
  'init',
  /** Windows: only connections can be closed. */
  'listener-cannot-be-closed',
  /** Windows: there is a call for IPv4 connections only, and the experimental way is off. */
  'no-ipv6-close',
  /** The kernel in the list of processes (Windows: PID 0 and 4). */
  'kernel-process',
  /** The person said no when asked for administrator rights. */
  'elevation-refused',
  /** The helper with administrator rights could not be started. */
  'elevation-failed',
  'system-error',
] as const
export type ActionReason = (typeof actionReasons)[number]

export const actionRemedies = [
  'run-as-root',
  'run-as-administrator',
  'run-as-owner',
  'allow-ptrace',
  'confirm-protected',
  'end-process-instead',
  'use-kill',
] as const
export type ActionRemedy = (typeof actionRemedies)[number]

export interface ActionOutcome {
  /** The connection's id, or the pid as text. */
  readonly target: string
  readonly status: ActionStatus
  readonly reason?: ActionReason
  readonly remedy?: ActionRemedy
  /** How it was done: the signal, or the kernel interface. */
  readonly means?: 'TERM' | 'KILL' | 'sock-destroy' | 'descriptor-reset' | 'tcp-entry' | 'nsi-store'
  /** The system's own name of the error, such as EPERM. */
  readonly systemError?: string
}

/** More is no tree of processes that a person means to end in one go. */
export const maximumTree = 500

export interface ChildProcess {
  readonly pid: number
  /** Absent where it cannot be told for sure that the bearer of the pid is the child; then it cannot be ended along. */
  readonly startToken?: string
  readonly name?: string
}

export interface EndProcessPreview {
  readonly pid: number
  readonly startToken: string
  readonly name?: string
  readonly executable?: string
  readonly user?: string
  readonly startedAt?: number
  /** Sockets in the table that this process owns, listening ones among them. */
  readonly connections: number
  readonly listeners: readonly { readonly protocol: string; readonly address: string; readonly port: number }[]
  /** How many more listeners there are than are listed. Absent: none. */
  readonly moreListeners?: number
  /** Child processes that would be left behind; at most `maximumTree`, which is then a tree too large to end. */
  readonly children: readonly ChildProcess[]
  /** How many more children there are than are listed. Absent: none. */
  readonly moreChildren?: number
  readonly protection?: 'self' | 'init'
}
