/** The flow of ending processes: ask, do, tell what happened to each. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ActionOutcome, EndProcessPreview } from '../../src-shared/contract/actions.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { useHostAccess } from './host-access.ts'
import { inBatches } from './in-batches.ts'

export interface EndProcessTarget {
  readonly process: ProcessRecord
  readonly chosen: boolean
  /** Absent until the engine has answered. */
  readonly preview?: EndProcessPreview
  readonly failure?: Failure
}

export type ActionPhase = 'closed' | 'asking' | 'working' | 'done'

export const useEndProcess = defineStore('end-process', () => {
  const { link } = useHostAccess()
  const phase = shallowRef<ActionPhase>('closed')
  const targets = shallowRef<readonly EndProcessTarget[]>([])
  const outcomes = shallowRef<readonly ActionOutcome[]>([])
  const failure = shallowRef<Failure>()
  const chosen = computed(() => targets.value.filter((target) => target.chosen))
  /** Answers for a dialog that was closed meanwhile are not for the one that is open. */
  let round = 0

  const update = (index: number, change: Partial<EndProcessTarget>): void => {
    targets.value = targets.value.map((target, at) => (at === index ? { ...target, ...change } : target))
  }
  const preview = async ({ pid, startToken }: ProcessRecord, index: number, asked: number): Promise<void> => {
    const answer = await link.api.call('previewEndProcess', { pid, startToken })
    if (asked === round) update(index, answer.ok ? { preview: answer.value } : { failure: answer.error })
  }

  return {
    phase: computed(() => phase.value),
    targets: computed(() => targets.value),
    chosen,
    outcomes: computed(() => outcomes.value),
    failure: computed(() => failure.value),
    /** False while it is not known of every chosen one what it is; only then is it known whether it is protected. */
    informed: computed(() => chosen.value.every((target) => target.preview !== undefined || target.failure !== undefined)),
    /** True when one of the chosen needs the second confirmation. */
    needsConfirmation: computed(() => chosen.value.some((target) => target.preview?.protection !== undefined)),
    async open(processes: readonly ProcessRecord[]): Promise<void> {
      round += 1
      const asked = round
      outcomes.value = []
      failure.value = undefined
      targets.value = processes.map((process) => ({ process, chosen: true }))
      phase.value = 'asking'
      // One after the other: a host takes a bounded number of calls at a time.
      for (const [index, process] of processes.entries()) {
        if (asked !== round) return
        await preview(process, index, asked)
      }
    },
    choose(index: number, isChosen: boolean): void {
      update(index, { chosen: isChosen })
    },
    async confirm({ force, confirmProtected }: { readonly force: boolean; readonly confirmProtected: boolean }): Promise<void> {
      if (phase.value !== 'asking' || chosen.value.length === 0) return
      const asked = round
      phase.value = 'working'
      const how = { ...(force ? { signal: 'KILL' as const } : {}), ...(confirmProtected ? { confirmProtected } : {}) }
      const done = await inBatches(
        chosen.value.map(({ process: { pid, startToken } }) => ({ pid, startToken })),
        (some) => link.api.call('endProcess', { targets: some, ...how }),
        () => asked === round,
      )
      if (asked !== round) return
      outcomes.value = done.outcomes
      failure.value = done.failure
      phase.value = 'done'
    },
    close(): void {
      round += 1
      phase.value = 'closed'
    },
  }
})
