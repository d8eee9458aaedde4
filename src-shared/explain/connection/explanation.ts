/** What is said about one connection: sentences in the reader's language, each with what it is about. */
import type { RefutationId } from '../refutation-text.ts'
import type { TcpState } from '../../model/tcp-state.ts'

/** In the order in which they are read. */
export const explanationParts = ['means', 'closer', 'time', 'next', 'moves', 'otherwise', 'note', 'role'] as const
export type ExplanationPart = (typeof explanationParts)[number]

/** slow: longer than usual, may still come right. stuck: will not move on by itself, or only by a timeout. */
export const verdicts = ['normal', 'slow', 'stuck'] as const
export type Verdict = (typeof verdicts)[number]

export interface ExplanationSentence {
  readonly part: ExplanationPart
  readonly text: string
}

export interface ConnectionExplanation {
  /** Absent for UDP. */
  readonly state?: TcpState
  readonly verdict: Verdict
  readonly sentences: readonly ExplanationSentence[]
  /** Wrong advice that people are given about this state. */
  readonly refutations: readonly RefutationId[]
}
