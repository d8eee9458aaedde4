import { computed, type ComputedRef } from 'vue'
import type { ActionOutcome } from '../../../src-shared/contract/actions.ts'
import { mayAskForRights, mayBeKilled, needsOtherStart } from '../../stores/retryable.ts'
import { useStatus } from '../../stores/status.ts'

export interface Retries {
  /** Targets for which the system can be asked for more rights once more. */
  readonly refused: ComputedRef<readonly string[]>
  /** Targets that KILL may end. */
  readonly still: ComputedRef<readonly string[]>
  /** Whether some need another start of the host. */
  readonly needStart: ComputedRef<boolean>
}

/** What can be tried again after an action. */
export function useRetries(outcomes: () => readonly ActionOutcome[]): Retries {
  const status = useStatus()
  const system = (): string => status.host?.platform ?? ''
  const targetsOf = (fits: (outcome: ActionOutcome) => boolean): string[] =>
    outcomes()
      .filter(fits)
      .map(({ target }) => target)
  return {
    refused: computed(() => targetsOf((outcome) => mayAskForRights(outcome, system()))),
    still: computed(() => targetsOf(mayBeKilled)),
    needStart: computed(() => outcomes().some((outcome) => needsOtherStart(outcome, system()))),
  }
}
