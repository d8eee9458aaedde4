import type { CapabilityReason } from '../model/capability-reason.ts'
import type { Problem } from '../model/problem.ts'

export interface EngineStatus {
  readonly session: string
  readonly sequence: number
  /** Unix milliseconds of the last look. */
  readonly takenAt: number
  readonly intervalMs: number
  readonly rows: number
  /** Milliseconds of the last look: enumeration, attribution, bookkeeping. */
  readonly tickMs: number
  /** Id of the source in use, such as `netlink` or `procfs`; absent when none works. */
  readonly source?: string
  readonly problems: readonly Problem[]
}

/** The engine as its host sees it. */
export interface EngineLink {
  readonly state: 'starting' | 'running' | 'restarting' | 'stopped'
  readonly restarts: number
  /** Milliseconds until the next attempt, while restarting. */
  readonly retryInMs?: number
}

export interface HostInfo {
  readonly host: 'electron' | 'web' | 'cli'
  readonly version: string
  readonly platform: string
  readonly machine: string
  /** Process and user on whose behalf the engine looks. */
  readonly userName?: string
  readonly elevated: boolean
  /** False on a read-only host: calls marked `act` are refused. */
  readonly actionsAllowed: boolean
  /** From the capability table, which also tells why not. */
  readonly endProcessSupported: boolean
  readonly endProcessReason?: CapabilityReason
  readonly closeConnectionSupported: boolean
  readonly closeConnectionReason?: CapabilityReason
  /** Pids of Sockscope's own processes. */
  readonly ownPids: readonly number[]
  /** Versions of what the host runs on, where it tells. */
  readonly runtime?: HostRuntime
}

export interface HostRuntime {
  readonly node: string
  readonly electron?: string
  readonly chromium?: string
}

export interface DoctorCheck {
  /** Names the check and, in the message tables, its text. */
  readonly id: string
  readonly status: 'ok' | 'limited' | 'missing'
  readonly parameters?: Readonly<Record<string, string | number>>
}

export interface DoctorReport {
  readonly platform: string
  readonly kernel: string
  readonly source?: string
  readonly checks: readonly DoctorCheck[]
  readonly problems: readonly Problem[]
}
