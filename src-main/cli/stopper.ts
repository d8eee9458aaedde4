import type { CliEnvironment } from './environment.ts'

/** Ends a long look at the machine: a person asks for it, or its time is over. */
export interface Stopper {
  reason(): 'asked' | 'time' | undefined
  /** From now on the time runs. */
  after(durationMs: number): void
  /** Ends early when stopped. */
  pause(delayMs: number): Promise<void>
  /** Waits for `event`, unless it is stopped. */
  unless(event: Promise<void>): Promise<void>
  dispose(): void
}

export function createStopper(environment: CliEnvironment): Stopper {
  let reason: 'asked' | 'time' | undefined
  let wake: (() => void) | undefined
  let cancelTime: (() => void) | undefined
  const end = (why: 'asked' | 'time'): void => {
    reason ??= why
    wake?.()
  }
  const forget = environment.onStop(() => end('asked'))
  return {
    reason: () => reason,
    after: (durationMs) => {
      cancelTime?.()
      cancelTime = environment.startTimer(durationMs, () => end('time'))
    },
    pause: (delayMs) =>
      new Promise((resolve) => {
        if (reason !== undefined) return resolve()
        const cancelPause = environment.startTimer(delayMs, resolve)
        wake = () => {
          cancelPause()
          resolve()
        }
      }),
    unless: (event) =>
      new Promise((resolve) => {
        if (reason !== undefined) return resolve()
        wake = resolve
        void event.then(resolve)
      }),
    dispose: () => {
      forget()
      cancelTime?.()
    },
  }
}
