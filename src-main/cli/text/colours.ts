import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { CliEnvironment, OutputStream } from '../environment.ts'

export type Paint = (text: string) => string

const sgr =
  (code: string): Paint =>
  (text) =>
    `\u001b[${code}m${text}\u001b[0m`

/** The same families as the window uses: open green, waiting for a call blue, opening yellow, closing purple, forgotten red. */
const stateCodes: Record<TcpState, string> = {
  ESTABLISHED: '32',
  LISTEN: '36',
  SYN_SENT: '33',
  SYN_RECEIVED: '33',
  FIN_WAIT_1: '35',
  FIN_WAIT_2: '35',
  CLOSING: '35',
  LAST_ACK: '35',
  TIME_WAIT: '90',
  CLOSED: '90',
  BOUND: '90',
  DELETE_TCB: '90',
  CLOSE_WAIT: '31',
}

export interface Colours {
  state(state: TcpState | undefined): Paint | undefined
  readonly header: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly warning: Paint
  readonly quiet: Paint
}

const plain: Paint = (text) => text
const withoutColour: Colours = { state: () => undefined, header: plain, good: plain, bad: plain, warning: plain, quiet: plain }
const withColour: Colours = {
  state: (state) => (state === undefined ? undefined : sgr(stateCodes[state])),
  header: sgr('1'),
  good: sgr('32'),
  bad: sgr('31'),
  warning: sgr('33'),
  quiet: sgr('90'),
}

/** No colour when the stream is no terminal, the terminal is dumb, or NO_COLOR is set to anything (no-color.org). */
export function coloursFor(stream: OutputStream, variables: CliEnvironment['variables']): Colours {
  const refused = (variables.NO_COLOR ?? '') !== '' || variables.TERM === 'dumb'
  return stream.isTerminal && !refused ? withColour : withoutColour
}
