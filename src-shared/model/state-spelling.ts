/** The spellings of TCP states in RFC 9293, Linux tools, Windows, macOS and .NET, and the word to show for each dialect. */
import { tcpStates, type TcpState } from './tcp-state.ts'

export const stateDialects = ['rfc', 'windows', 'ss'] as const
export type StateDialect = (typeof stateDialects)[number]

/** Spellings beyond the state's own word with `_`, `-` or nothing between its parts. */
const otherSpellings: Readonly<Partial<Record<TcpState, readonly string[]>>> = {
  ESTABLISHED: ['ESTAB'],
  SYN_RECEIVED: ['SYN_RECV', 'SYN_RCVD', 'NEW_SYN_RECV'],
  CLOSED: ['CLOSE', 'UNCONN'],
  LISTEN: ['LISTENING'],
  BOUND: ['BOUND_INACTIVE'],
}

const windowsWords: Readonly<Partial<Record<TcpState, string>>> = { LISTEN: 'LISTENING' }
const ssWords: Readonly<Partial<Record<TcpState, string>>> = { ESTABLISHED: 'ESTAB', SYN_RECEIVED: 'SYN-RECV', CLOSED: 'UNCONN' }

const collapsed = (text: string): string => text.toUpperCase().replaceAll(/[-_ ]/g, '')
const stateOfSpelling = new Map(
  tcpStates.flatMap((state) => stateSpellings(state).map((spelling) => [collapsed(spelling), state] as const)),
)

/** Case and the signs between the parts do not matter: `fin-wait-1`, `FIN_WAIT1` and `FinWait1` are one. Undefined for no state. */
export function parseState(text: string): TcpState | undefined {
  return stateOfSpelling.get(collapsed(text))
}

/** The state's own word first, then the other ways to write it, in capitals with underscores. */
export function stateSpellings(state: TcpState): readonly string[] {
  return [state, ...(otherSpellings[state] ?? [])]
}

/** The word people of one dialect know the state by. BOUND and DELETE_TCB exist in one dialect each and keep their word in all. */
export function stateWord(state: TcpState, dialect: StateDialect): string {
  if (dialect === 'windows') return windowsWords[state] ?? state
  if (state === 'DELETE_TCB') return state
  const word = state.replaceAll('_', '-')
  return dialect === 'ss' ? (ssWords[state] ?? word) : word
}
