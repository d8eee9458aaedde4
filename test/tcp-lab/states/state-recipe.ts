/** How to bring a socket into a state and keep it there, step by step: for tests, and for people to read along. */
import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { Bench } from './bench.ts'

export interface StateRecipe {
  /** In kebab case: what `npm run lab` is given. */
  readonly name: string
  readonly state: TcpState
  /** What is special about it, where there is another recipe for the state. */
  readonly special?: Readonly<Record<ExplainLanguage, string>>
  /** On which machine the row in this state is. */
  readonly side: 'server' | 'client'
  /** The last one brings the row into the state. */
  readonly steps: readonly RecipeStep[]
}

export interface RecipeStep {
  readonly text: Readonly<Record<ExplainLanguage, string>>
  do(bench: Bench): Promise<void> | void
}
