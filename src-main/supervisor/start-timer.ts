/** Starts a timer and returns what cancels it. */
export type StartTimer = (run: () => void, delayMs: number) => () => void

/** The real one; tests pass their own. */
export const startTimer: StartTimer = (run, delayMs) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
