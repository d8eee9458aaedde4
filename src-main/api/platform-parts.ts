/** What a platform brings to the engine; everything above is the same everywhere. */
import type { DoctorCheck } from '../../src-shared/contract/status.ts'
import type { ConnectionCloser } from '../actions/connection-closer.ts'
import type { ProcessTerminator } from '../actions/process-terminator.ts'
import type { OwnerResolver } from '../processes/owner-resolver.ts'
import type { SourceFactory } from '../sources/source.ts'
import type { MachineReader } from './machine-reader.ts'
import type { ProcessFactsSource } from './process-facts.ts'

export interface PlatformParts {
  /** In order of preference. */
  readonly sources: readonly SourceFactory[]
  readonly resolver: OwnerResolver
  readonly terminator: ProcessTerminator
  readonly closer: ConnectionCloser
  readonly elevated: boolean
  readonly machine: MachineReader
  /** Names of a process, and which processes it started; undefined when there is no such process. */
  describeProcess(pid: number): ProcessDescription | undefined
  childrenOf(pid: number): readonly { readonly pid: number; readonly name?: string }[]
  readonly processFacts: ProcessFactsSource
  doctorChecks(): readonly DoctorCheck[]
}

export interface ProcessDescription {
  readonly startToken: string
  readonly parentPid: number
  readonly name?: string
  readonly executable?: string
  readonly executableDeleted?: boolean
  readonly user?: string
  readonly startedAt?: number
}

export interface PlatformOptions {
  /** Milliseconds of a steady clock. */
  readonly steadyNow: () => number
  readonly delay: (ms: number) => Promise<void>
  readonly isOwn: (pid: number) => boolean
  readonly userName: string | undefined
  readonly userId: number | undefined
}
