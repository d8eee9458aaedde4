/** What must hold for whatever a decoder hands on. */
import { timerKinds } from '../../src-shared/model/columns.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { familyOfHead, protocolOfHead, recordWord, stateOfHead, timerKindOfHead } from '../../src-main/table/row-record.ts'

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
}

/** Plain data that survives the way to another process: finite numbers only, nothing that JSON would lose. */
export function expectPlainData(value: unknown, path = 'answer'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`)
  if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) expectPlainData(each, `${path}.${key}`)
}

export function expectAtMost(most: number, count: number, what: string): void {
  if (!(count >= 0 && count <= most)) throw new Error(`${count} ${what}, where at most ${most} fit`)
}
