/** A crash after a healthy life is repaired at once to the eye, well inside the 3 s in which an engine must be back. */
export const firstDelayMs = 250
/** An engine that cannot run at all is tried this seldom: the machine stays quiet and a repaired cause is still noticed soon. */
export const maximumDelayMs = 10_000
/** So long a life means that the last trouble is over. */
export const healthyAfterMs = 30_000

export interface RestartDelay {
  /** The engine answered for the first time. */
  healthy(): void
  /** The engine ended: milliseconds to wait before the next one. */
  next(): number
}

/** Doubles from the first delay to the longest, and starts anew after a long healthy life. `now`: monotonic milliseconds. */
export function createRestartDelay(now: () => number): RestartDelay {
  let delayMs = firstDelayMs
  let healthySince: number | undefined
  return {
    healthy() {
      healthySince = now()
    },
    next() {
      if (healthySince !== undefined && now() - healthySince >= healthyAfterMs) delayMs = firstDelayMs
      healthySince = undefined
      const current = delayMs
      delayMs = Math.min(delayMs * 2, maximumDelayMs)
      return current
    },
  }
}
