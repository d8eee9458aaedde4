import { expect, it } from 'vitest'
import { parseState, stateDialects, stateWord } from '../../../src-shared/model/state-spelling.ts'
import { tcpStates, type TcpState } from '../../../src-shared/model/tcp-state.ts'

it('every spelling of the tools is understood, whatever its case', () => {
  const spellings: [string, TcpState | undefined][] = [
    ['estab', 'ESTABLISHED'],
    ['Established', 'ESTABLISHED'],
    ['SYN-SENT', 'SYN_SENT'],
    ['SYN_RECV', 'SYN_RECEIVED'],
    ['SYN_RCVD', 'SYN_RECEIVED'],
    ['syn-received', 'SYN_RECEIVED'],
    ['FIN-WAIT-1', 'FIN_WAIT_1'],
    ['FIN_WAIT1', 'FIN_WAIT_1'],
    ['FinWait2', 'FIN_WAIT_2'],
    ['time-wait', 'TIME_WAIT'],
    ['TIME_WAIT', 'TIME_WAIT'],
    ['UNCONN', 'CLOSED'],
    ['CLOSE', 'CLOSED'],
    ['close-wait', 'CLOSE_WAIT'],
    ['LAST_ACK', 'LAST_ACK'],
    ['Listening', 'LISTEN'],
    ['closing', 'CLOSING'],
    ['bound', 'BOUND'],
    ['DELETE_TCB', 'DELETE_TCB'],
    ['FIN_WAIT', undefined],
    ['', undefined],
    ['constructor', undefined],
  ]
  expect(spellings.map(([text]) => [text, parseState(text)])).toEqual(spellings)
})

it('the word of every dialect reads back as the same state', () => {
  for (const state of tcpStates) for (const dialect of stateDialects) expect(parseState(stateWord(state, dialect))).toBe(state)
})

it('each dialect shows its own word', () => {
  expect(stateDialects.map((dialect) => stateWord('SYN_RECEIVED', dialect))).toEqual(['SYN-RECEIVED', 'SYN_RECEIVED', 'SYN-RECV'])
  expect(stateDialects.map((dialect) => stateWord('LISTEN', dialect))).toEqual(['LISTEN', 'LISTENING', 'LISTEN'])
  expect(stateDialects.map((dialect) => stateWord('ESTABLISHED', dialect))).toEqual(['ESTABLISHED', 'ESTABLISHED', 'ESTAB'])
})
