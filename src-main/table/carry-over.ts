/** What passes from the record a table has to the one a look brings: rates from counters, and what is no longer told. Pure. */
import { flagCounters, recordWord } from './row-record.ts'

const { user, flags, retransmits, roundTripMicros, receivedLow, receivedHigh, sentLow, sentHigh } = recordWord
const two32 = 4_294_967_296

/** A socket that its process gave up (TIME_WAIT, orphan) tells neither user nor counters; the last known ones still hold. */
export function keepWhatIsNoLongerTold(records: Uint32Array, base: number, scratch: Uint32Array): void {
  if (scratch[user] === 0) scratch[user] = records[base + user] as number
  if (((scratch[flags] as number) & flagCounters) !== 0 || ((records[base + flags] as number) & flagCounters) === 0) return
  scratch[flags] = (scratch[flags] as number) | flagCounters
  for (const word of [retransmits, receivedLow, receivedHigh, sentLow, sentHigh, roundTripMicros])
    scratch[word] = records[base + word] as number
}

export function receiveRateOf(records: Uint32Array, base: number, scratch: Uint32Array, seconds: number): number {
  return rate(records, base, scratch, seconds, receivedLow, receivedHigh)
}

export function sendRateOf(records: Uint32Array, base: number, scratch: Uint32Array, seconds: number): number {
  return rate(records, base, scratch, seconds, sentLow, sentHigh)
}

/** Bytes per second. The first count of a connection is not an increase; a counter that goes back is no flow. */
function rate(records: Uint32Array, base: number, scratch: Uint32Array, seconds: number, lowWord: number, highWord: number): number {
  const low = (scratch[lowWord] as number) - (records[base + lowWord] as number)
  const high = (scratch[highWord] as number) - (records[base + highWord] as number)
  if ((low === 0 && high === 0) || seconds === 0) return 0
  if (((records[base + flags] as number) & flagCounters) === 0) return 0
  return Math.fround(Math.max(0, low + high * two32) / seconds)
}
