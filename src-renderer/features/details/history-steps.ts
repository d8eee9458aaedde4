/** The states of a connection with their times, as rows of a table. */
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'

export interface HistoryStep {
  readonly state: TcpState
  /** Unix milliseconds; absent when the row was in the state before the first look. */
  readonly since?: number
  /** Until the next state, or until now; absent when that is not known. */
  readonly lastedMs?: number
  readonly isNow: boolean
}

/** The present state first. */
export function historySteps({ path, takenAt }: ConnectionStory): HistoryStep[] {
  return path
    .map(({ state, since }, index) => {
      const until = index === path.length - 1 ? takenAt : path[index + 1]?.since
      const lastedMs = since === undefined || until === undefined ? undefined : Math.max(0, until - since)
      const step = { state, isNow: index === path.length - 1 }
      return { ...step, ...(since === undefined ? {} : { since }), ...(lastedMs === undefined ? {} : { lastedMs }) }
    })
    .toReversed()
}
