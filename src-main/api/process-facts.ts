/** What a platform tells of one process when somebody asks about it, beside what every look tells. */
import type { CommandLine, ProcessDetails, ProcessFact, UntoldFact } from '../../src-shared/contract/process-details.ts'

type TellableFact = 'workingDirectory' | 'threads' | 'memoryBytes' | 'container' | 'unit' | 'slice' | 'otherNamespaces' | 'pidInside'

export interface ProcessFactsSource {
  /** Of whatever process has the pid; the caller makes sure that it is the one it means. */
  readonly factsOf?: (pid: number) => Pick<ProcessDetails, TellableFact>
  /** The whole name of a child, where lists have a cut one. */
  readonly nameOf?: (pid: number) => string | undefined
  readonly commandLineOf?: (pid: number) => Promise<CommandLine | undefined>
  /** Why a fact is absent, when it is. */
  readonly untold: Readonly<Partial<Record<ProcessFact, UntoldFact>>>
}
