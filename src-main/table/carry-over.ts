/** What passes from the record a table has to the one a look brings: what is no longer told. Pure. */
import { flagCounters, recordWord } from './row-record.ts'

const { user, flags, retransmits, roundTripMicros, receivedLow, receivedHigh, sentLow, sentHigh } = recordWord

/** A socket that its process gave up (TIME_WAIT, orphan) tells neither user nor counters; the last known ones still hold. */
export function keepWhatIsNoLongerTold(records: Uint32Array, base: number, scratch: Uint32Array): void {
  if (scratch[user] === 0) scratch[user] = records[base + user] as number
  if (((scratch[flags] as number) & flagCounters) !== 0 || ((records[base + flags] as number) & flagCounters) === 0) return
  scratch[flags] = (scratch[flags] as number) | flagCounters
  for (const word of [retransmits, receivedLow, receivedHigh, sentLow, sentHigh, roundTripMicros])
    scratch[word] = records[base + word] as number
}
