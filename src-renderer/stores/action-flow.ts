/** What asking, doing and telling have in common, whatever is done to the targets. Part of a store, not one of its own. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import type { ActionOutcome } from '../../src-shared/contract/actions.ts'
import type { Failure, Result } from '../../src-shared/contract/result.ts'
import { inBatches } from './in-batches.ts'

export type ActionPhase = 'closed' | 'asking' | 'working' | 'done'

export interface ActionFlow {
  readonly phase: ComputedRef<ActionPhase>
  /** The latest of every target that was acted on, told as soon as it is known. */
  readonly outcomes: ComputedRef<readonly ActionOutcome[]>
  readonly failure: ComputedRef<Failure | undefined>
  /** The person ended the work before it was done. */
  readonly stopped: ComputedRef<boolean>
  /** Begins anew; the answer says whether it is still the same question that is open. */
  readonly ask: () => () => boolean
  /** Acts on the groups one after the other, and on more targets of a group than a call takes in several calls. */
  readonly act: <Target>(
    groups: Iterable<readonly Target[]> | AsyncIterable<readonly Target[]>,
    call: (some: Target[]) => Promise<Result<readonly ActionOutcome[]>>,
  ) => Promise<void>
  /** Back to the question, for groups that find before anything was done that there is more to answer. */
  readonly askAgain: () => void
  /** Asks for nothing more. What was asked for already goes on, and is told when it is known. */
  readonly stop: () => void
  readonly close: () => void
}

export function createActionFlow(): ActionFlow {
  const phase = shallowRef<ActionPhase>('closed')
  const outcomes = shallowRef<readonly ActionOutcome[]>([])
  const failure = shallowRef<Failure>()
  const stopped = shallowRef(false)
  /** Answers for a dialog that was closed meanwhile are not for the one that is open. */
  let round = 0
  /** Work that was stopped does not go on beside a later one for the same question. */
  let run = 0
  const isSame = (asked: number) => (): boolean => asked === round
  const leave = (next: ActionPhase): void => {
    if (phase.value !== 'working') return
    run += 1
    phase.value = next
  }
  const tell = (some: readonly ActionOutcome[]): void => {
    const told = new Map([...outcomes.value, ...some].map((outcome) => [outcome.target, outcome]))
    outcomes.value = [...told.values()]
  }
  return {
    phase: computed(() => phase.value),
    outcomes: computed(() => outcomes.value),
    failure: computed(() => failure.value),
    stopped: computed(() => stopped.value),
    ask() {
      round += 1
      outcomes.value = []
      failure.value = undefined
      stopped.value = false
      phase.value = 'asking'
      return isSame(round)
    },
    async act(groups, call) {
      if (phase.value !== 'asking' && phase.value !== 'done') return
      run += 1
      const mine = run
      const isOpen = isSame(round)
      const goesOn = (): boolean => isOpen() && mine === run
      phase.value = 'working'
      failure.value = undefined
      stopped.value = false
      const callAndTell: typeof call = async (some) => {
        const answer = await call(some)
        if (isOpen() && answer.ok) tell(answer.value)
        return answer
      }
      for await (const group of groups) {
        if (!goesOn()) return
        const done = await inBatches(group, callAndTell, goesOn)
        if (isOpen() && done.failure !== undefined) failure.value = done.failure
        if (done.failure !== undefined || !goesOn()) break
      }
      if (goesOn()) phase.value = 'done'
    },
    askAgain: () => leave('asking'),
    stop() {
      stopped.value = phase.value === 'working'
      leave('done')
    },
    close() {
      round += 1
      phase.value = 'closed'
    },
  }
}
