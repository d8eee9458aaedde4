/** What passes between the record a table has and the one a look brings, beside plain changes. Pure. */
import { flagActivity, flagCounters, recordWord } from './row-record.ts'

const { user, flags, retransmits, roundTripMicros, receivedLow, receivedHigh, sentLow, sentHigh } = recordWord
const { lastReceivedSeconds, lastSentSeconds, segmentsSent } = recordWord
const counters = [retransmits, receivedLow, receivedHigh, sentLow, sentHigh, roundTripMicros]
const activity = [lastReceivedSeconds, lastSentSeconds, segmentsSent]

/** A socket that its process gave up (TIME_WAIT, orphan) tells neither user nor counters; the last known ones still hold. */
export function keepWhatIsNoLongerTold(records: Uint32Array, base: number, scratch: Uint32Array): void {
  if (scratch[user] === 0) scratch[user] = records[base + user] as number
  const untold = (records[base + flags] as number) & ~(scratch[flags] as number)
  if ((untold & (flagCounters | flagActivity)) === 0) return
  if ((untold & flagCounters) !== 0) keep(counters, flagCounters, records, base, scratch)
  if ((untold & flagActivity) !== 0) keep(activity, flagActivity, records, base, scratch)
}

function keep(words: readonly number[], flag: number, records: Uint32Array, base: number, scratch: Uint32Array): void {
  scratch[flags] = ((scratch[flags] as number) | flag) >>> 0
  for (const word of words) scratch[word] = records[base + word] as number
}

/**
 * The times of data of a record, from the one a look brings; call before the bytes are taken over. The times are computed from ages, so
 * that the same moment may come out a second off: where no data moved, a time moves only when it differs by more.
 */
export function moveTimesOfData(records: Uint32Array, base: number, scratch: Uint32Array): void {
  if (((scratch[flags] as number) & flagActivity) === 0) return
  moveTime(
    records,
    base + lastReceivedSeconds,
    scratch[lastReceivedSeconds] as number,
    records[base + receivedLow] !== scratch[receivedLow],
  )
  moveTime(records, base + lastSentSeconds, scratch[lastSentSeconds] as number, records[base + sentLow] !== scratch[sentLow])
}

function moveTime(records: Uint32Array, at: number, seconds: number, moved: boolean): void {
  const difference = seconds - (records[at] as number)
  if (moved || difference > 1 || difference < -1) records[at] = seconds
}

/** A timer counts as changed when it fires this much earlier or later than was known; smaller shifts are clock noise. */
const timerToleranceMs = 1500

/** One that was due and is ahead again was set anew, however little lies between: retransmissions begin 200 ms apart. */
export function timerHasMoved(known: number, expiresAt: number, now: number): boolean {
  return Math.abs(expiresAt - known) > timerToleranceMs || (known <= now && expiresAt > now)
}
