import type { TraceProblem } from '../contract/trace.ts'
import type { TcpState } from '../model/tcp-state.ts'
import type { EndName, StepKind, StepMark } from '../trace/trace-step.ts'
import type { TraceEnding } from '../trace/trace-summary.ts'

/** What a sentence about a step may name. */
export interface StepWords {
  /** At the beginning of a sentence, and within one. */
  readonly Sender: string
  readonly sender: string
  readonly Receiver: string
  readonly receiver: string
  readonly bytes: string
  readonly acknowledgement: string
  readonly window: string
  readonly duplicates: string
}

export interface ProblemAdvice {
  readonly text: string
  readonly advice?: string
  /** To be typed as they are; each with what it is for. */
  readonly commands?: readonly { readonly for: string; readonly command: string }[]
}

export interface TraceTexts {
  readonly ends: Readonly<Record<EndName, { readonly begins: string; readonly within: string }>>
  readonly kinds: Readonly<Record<StepKind, (words: StepWords) => string>>
  readonly marks: Readonly<Record<StepMark, (words: StepWords) => string>>
  /** A segment that carries data beside its first meaning. */
  readonly carries: (words: StepWords) => string
  readonly becomes: (end: string, state: TcpState) => string
  readonly endings: Readonly<Record<TraceEnding, (by: string) => string>>
  readonly problems: Readonly<Record<TraceProblem, (platform: string) => ProblemAdvice>>
}
