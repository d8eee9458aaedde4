/** How the explanation of one state is put together. */
import type { ExplanationPart, Verdict } from './explanation.ts'
import type { Situation } from './situation.ts'
import type { Speaker } from './speaker.ts'

/** A text that is undefined has nothing to say here. */
export type Entry = readonly [part: ExplanationPart, text: string | undefined]

export interface Account {
  readonly verdict: Verdict
  /** Why the time in this state is what the verdict says. */
  readonly reason: string
  readonly entries: readonly Entry[]
}

export type Explain = (situation: Situation, speaker: Speaker) => Account

export function verdictByAge({ ageMs }: Situation, slowMs: number, stuckMs: number): Verdict {
  if (ageMs >= stuckMs) return 'stuck'
  return ageMs >= slowMs ? 'slow' : 'normal'
}

/** Milliseconds of a handshake or closing step that is repeated `tries` times from one second on, each pause twice the last. */
export function doublingSpanMs(tries: number): number {
  return (2 ** (Math.min(tries, maximumTries) + 1) - 1) * 1000
}

/** The kernel takes no larger number of repeats (a byte); the sum is then beyond any patience. */
const maximumTries = 30

/** What is left of the kernel's timer, in words. */
export function timerLeft({ connection }: Situation, { span }: Speaker): string | undefined {
  const left = connection.timer?.expiresInMs
  return left === undefined ? undefined : span(left)
}
