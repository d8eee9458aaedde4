/** Time as a parameter, so that tests can hold it still. */
export type StartTimer = (run: () => void, delayMs: number) => () => void

export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Runs once after the delay; returns what cancels it. */
  readonly startTimer: StartTimer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  startTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
