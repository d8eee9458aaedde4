/** What a platform brings to the engine; everything above is the same everywhere. */
import type { RelatedProcess } from '../../src-shared/contract/process-details.ts'
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
  /** Undefined when there is no such process. */
  describeProcess(pid: number): ProcessDescription | undefined
  /**
   * The processes that this one started and that still run, from one look at the system. Without a start token where it cannot be told for
   * sure that the bearer of the pid is the child. Of whatever process has the pid; the caller makes sure that it is the one it means.
   */
  childrenOf(pid: number): readonly RelatedProcess[]
  /** Who is whose parent, as of this moment: where the system tells that only with a list of all processes, it is read once. */
  parentsNow(): (pid: number) => number | undefined
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
