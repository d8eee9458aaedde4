/** Time as a parameter, so that tests can hold it still. */
export type StartTimer = (run: () => void, delayMs: number) => () => void

export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number
  /** Milliseconds from any start; does not jump when the clock of the machine is set. For waits and lapses, never shown. */
  readonly steadyNow: () => number
  /** Runs once after the delay; returns what cancels it. */
  readonly startTimer: StartTimer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  steadyNow: () => performance.now(),
  startTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
