import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import { maximumTargets } from '../../src-shared/contract/contract.ts'
import type { Failure, Result } from '../../src-shared/contract/result.ts'

export interface BatchesOutcome {
  /** Of every target that was acted on, in order. */
  readonly outcomes: readonly ActionOutcome[]
  /** Why the rest was not asked for. */
  readonly failure?: Failure
}

/**
 * Acts on any number of targets, as many in a call as the contract takes, one call after the other. Ends with the first call that
 * fails as a whole, or when it is no longer wanted.
 */
export async function inBatches<Target>(
  targets: readonly Target[],
  act: (some: Target[]) => Promise<Result<readonly ActionOutcome[]>>,
  isWanted: () => boolean,
): Promise<BatchesOutcome> {
  const outcomes: ActionOutcome[] = []
  for (let start = 0; start < targets.length && isWanted(); start += maximumTargets) {
    const answer = await act(targets.slice(start, start + maximumTargets))
    if (!answer.ok) return { outcomes, failure: answer.error }
    outcomes.push(...answer.value)
  }
  return { outcomes }
}
