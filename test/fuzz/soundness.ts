/** What must hold for whatever a decoder hands on. */
import { timerKinds } from '../../src-shared/model/columns.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import {
  familyOfHead,
  flagActivity,
  flagUnanswered,
  protocolOfHead,
  recordWord,
  stateOfHead,
  timerKindOfHead,
  unansweredOfFlags,
} from '../../src-main/table/row-record.ts'

/** Unix seconds at which targets say that their dumps were made. */
export const fuzzedAtSeconds = 1_795_161_600

/** A row in the words of the record: known protocol, family, state and timer, and a time that a clock can show. */
export function expectSoundRecord(record: Uint32Array): void {
  const head = record[recordWord.head]!
  const state = stateOfHead(head)
  const sound =
    protocolOfHead(head) <= 1 &&
    (familyOfHead(head) === 4 || familyOfHead(head) === 6) &&
    (state === 0 || stateOfCode(state) !== undefined) &&
    timerKindOfHead(head) < timerKinds.length
  if (!sound) throw new Error(`impossible head ${head.toString(16)}`)
  if (familyOfHead(head) === 4 && (record[recordWord.local + 2] !== 0xffff || record[recordWord.remote + 2] !== 0xffff))
    throw new Error('an IPv4 row without mapped addresses')
  expectSoundActivity(record)
}

/** A count without its flag would show as the next row's; UDP has none, and no data comes after the dump. */
function expectSoundActivity(record: Uint32Array): void {
  const flags = record[recordWord.flags]!
  const udp = protocolOfHead(record[recordWord.head]!) === 1
  if ((flags & flagUnanswered) === 0 ? unansweredOfFlags(flags) !== 0 : udp || unansweredOfFlags(flags) === 255)
    throw new Error(`impossible count of unanswered segments in ${flags.toString(16)}`)
  if (
    (flags & flagActivity) !== 0 &&
    (record[recordWord.lastReceivedSeconds]! > fuzzedAtSeconds || record[recordWord.lastSentSeconds]! > fuzzedAtSeconds)
  )
    throw new Error('data after the dump')
}

/** Plain data that survives the way to another process: finite numbers only, nothing that JSON would lose. */
export function expectPlainData(value: unknown, path = 'answer'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`)
  if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) expectPlainData(each, `${path}.${key}`)
}

export function expectAtMost(most: number, count: number, what: string): void {
  if (!(count >= 0 && count <= most)) throw new Error(`${count} ${what}, where at most ${most} fit`)
}
