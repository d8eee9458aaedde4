import { establishedCode, stateAbsent, stateOfCode, timeWaitCode, type TcpState } from '../../src-shared/model/tcp-state.ts'
import type { ObservedTable } from './observed-table.ts'

/** Slots by state. ESTABLISHED, TIME_WAIT and rows without a state are not listed: there may be a hundred thousand. */
export type RowsByState = Readonly<Record<Exclude<TcpState, 'ESTABLISHED' | 'TIME_WAIT'>, readonly number[]>>

type Listed = keyof RowsByState

/** One pass over the state column. */
export function rowsByState({ mirror, live }: ObservedTable): RowsByState {
  const lists: Record<Listed, number[]> = {
    SYN_SENT: [],
    SYN_RECEIVED: [],
    FIN_WAIT_1: [],
    FIN_WAIT_2: [],
    CLOSED: [],
    CLOSE_WAIT: [],
    LAST_ACK: [],
    LISTEN: [],
    CLOSING: [],
    BOUND: [],
    DELETE_TCB: [],
  }
  const { state } = mirror.columns
  for (let slot = 0; slot < mirror.top; slot += 1) {
    const code = state[slot] as number
    // A slot that was given back keeps its old bytes.
    if (code === stateAbsent || code === establishedCode || code === timeWaitCode || live[slot] !== 1) continue
    const word = stateOfCode(code)
    if (word !== undefined) lists[word as Listed].push(slot)
  }
  return lists
}
