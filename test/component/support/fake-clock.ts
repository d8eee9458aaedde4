import type { Clock } from '../../../src-renderer/transport/clock.ts'

export interface FakeClock extends Clock {
  /** Moves time on and runs what is due, in order. */
  advance(ms: number): void
  /** Somebody sets the clock of the machine back. */
  setBack(ms: number): void
  /** Delays of the timers that wait, in milliseconds from now. */
  waiting(): number[]
}

export function createFakeClock(startAt = 1_795_161_600_000): FakeClock {
  let nowMs = startAt
  let wallOffsetMs = 0
  const timers = new Set<{ at: number; run: () => void }>()
  const nextDue = (until: number) => [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
  return {
    now: () => nowMs + wallOffsetMs,
    steadyNow: () => nowMs,
    setBack: (ms) => void (wallOffsetMs -= ms),
    startTimer(run, delayMs) {
      const timer = { at: nowMs + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance(ms) {
      const until = nowMs + ms
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.at)
        timer.run()
      }
      nowMs = until
    },
    waiting: () => [...timers].map(({ at }) => at - nowMs),
  }
}
