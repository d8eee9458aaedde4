import type { Clock } from '../transport/clock.ts'

export interface AtMostEvery {
  /** Runs at once when the last run is long enough ago, and otherwise when it is: once, however often it was asked for. */
  ask(): void
  /** What waits is not run any more. */
  stop(): void
}

/** For work that is worth doing soon and costs too much to do each time. */
export function atMostEvery(clock: Clock, everyMs: number, run: () => void): AtMostEvery {
  let lastAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | undefined
  const runNow = (): void => {
    cancel = undefined
    lastAt = clock.steadyNow()
    run()
  }
  return {
    ask() {
      const waitMs = lastAt + everyMs - clock.steadyNow()
      if (waitMs <= 0) runNow()
      else cancel ??= clock.startTimer(runNow, waitMs)
    },
    stop() {
      cancel?.()
      cancel = undefined
    },
  }
}
