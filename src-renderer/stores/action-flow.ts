/** What asking, doing and telling have in common, whatever is done to the targets. Part of a store, not one of its own. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { Failure, Result } from '../../src-shared/contract/result.ts'
import { inBatches } from './in-batches.ts'

export type ActionPhase = 'closed' | 'asking' | 'working' | 'done'

export interface ActionFlow {
  readonly phase: ComputedRef<ActionPhase>
  /** The latest of every target that was acted on. */
  readonly outcomes: ComputedRef<readonly ActionOutcome[]>
  readonly failure: ComputedRef<Failure | undefined>
  /** Begins anew; the answer says whether it is still the same question that is open. */
  readonly ask: () => () => boolean
  /** Acts on the groups one after the other, and on more targets of a group than a call takes in several calls. */
  readonly act: <Target>(
    groups: Iterable<readonly Target[]> | AsyncIterable<readonly Target[]>,
    call: (some: Target[]) => Promise<Result<readonly ActionOutcome[]>>,
  ) => Promise<void>
  readonly close: () => void
}

export function createActionFlow(): ActionFlow {
  const phase = shallowRef<ActionPhase>('closed')
  const outcomes = shallowRef<readonly ActionOutcome[]>([])
  const failure = shallowRef<Failure>()
  /** Answers for a dialog that was closed meanwhile are not for the one that is open. */
  let round = 0
  const isSame = (asked: number) => (): boolean => asked === round
  return {
    phase: computed(() => phase.value),
    outcomes: computed(() => outcomes.value),
    failure: computed(() => failure.value),
    ask() {
      round += 1
      outcomes.value = []
      failure.value = undefined
      phase.value = 'asking'
      return isSame(round)
    },
    async act(groups, call) {
      if (phase.value !== 'asking' && phase.value !== 'done') return
      const isWanted = isSame(round)
      phase.value = 'working'
      failure.value = undefined
      const told = new Map(outcomes.value.map((outcome) => [outcome.target, outcome]))
      for await (const group of groups) {
        const done = await inBatches(group, call, isWanted)
        if (!isWanted()) return
        for (const outcome of done.outcomes) told.set(outcome.target, outcome)
        failure.value = done.failure
        if (done.failure !== undefined) break
      }
      outcomes.value = [...told.values()]
      phase.value = 'done'
    },
    close() {
      round += 1
      phase.value = 'closed'
    },
  }
}
