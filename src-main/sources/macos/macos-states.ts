import { stateAbsent, stateCode } from '../../../src-shared/model/tcp-state.ts'

/** TCPS_* of tcp_fsm.h by number, as the words of netstat and lsof spell them. */
const words = [
  ['CLOSED', 'CLOSED'],
  ['LISTEN', 'LISTEN'],
  ['SYN_SENT', 'SYN_SENT'],
  ['SYN_RCVD', 'SYN_RECEIVED'],
  ['ESTABLISHED', 'ESTABLISHED'],
  ['CLOSE_WAIT', 'CLOSE_WAIT'],
  ['FIN_WAIT_1', 'FIN_WAIT_1'],
  ['CLOSING', 'CLOSING'],
  ['LAST_ACK', 'LAST_ACK'],
  ['FIN_WAIT_2', 'FIN_WAIT_2'],
  ['TIME_WAIT', 'TIME_WAIT'],
] as const

const codeByNumber: readonly number[] = words.map(([, state]) => stateCode(state))
const codeByWord: ReadonlyMap<string, number> = new Map(words.map(([word, state]) => [word, stateCode(state)]))

/** Column code of a state the kernel counts so; that of no state when it does not exist. */
export function stateCodeOfNumber(number: number): number {
  return codeByNumber[number] ?? stateAbsent
}

/** Column code of a word of netstat or lsof; that of no state for any other word. */
export function stateCodeOfWord(word: string): number {
  return codeByWord.get(word) ?? stateAbsent
}
