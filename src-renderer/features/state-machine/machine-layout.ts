/**
 * Where the eleven states of RFC 9293 stand in the drawing, and the arrows of its figure 5 between them. CLOSED stands at both ends:
 * a connection begins and ends there. Resets are not drawn one by one, they lead to CLOSED from everywhere.
 */
import { pathOfStep, type PathSide } from '../../../src-shared/explain/state-paths.ts'
import { stateTransitions, type TransitionCause } from '../../../src-shared/explain/state-transitions.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'

export const machineSize = { width: 826, height: 250 }
export const nodeSize = { width: 104, height: 28 }

export interface MachineNode {
  /** Unique; CLOSED has two. */
  readonly id: string
  readonly state: TcpState
  /** Centre. */
  readonly x: number
  readonly y: number
}

export interface MachineEdge {
  readonly id: string
  readonly from: TcpState
  readonly to: TcpState
  /** Every cause of this step that the drawing tells. */
  readonly causes: readonly TransitionCause[]
  /** The normal path that it belongs to; other ways have none. */
  readonly path: PathSide | undefined
  readonly line: string
  /** Middle of the place for its label, and how the text sits there. */
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' }
}

const top = 44
const middle = 125
const bottom = 206

/** In the order of life, which is that of the arrow keys. */
export const machineNodes: readonly MachineNode[] = [
  { id: 'CLOSED', state: 'CLOSED', x: 54, y: middle },
  { id: 'LISTEN', state: 'LISTEN', x: 152, y: bottom },
  { id: 'SYN_SENT', state: 'SYN_SENT', x: 212, y: top },
  { id: 'SYN_RECEIVED', state: 'SYN_RECEIVED', x: 304, y: bottom },
  { id: 'ESTABLISHED', state: 'ESTABLISHED', x: 384, y: middle },
  { id: 'FIN_WAIT_1', state: 'FIN_WAIT_1', x: 486, y: top },
  { id: 'FIN_WAIT_2', state: 'FIN_WAIT_2', x: 628, y: top },
  { id: 'CLOSING', state: 'CLOSING', x: 600, y: middle },
  { id: 'TIME_WAIT', state: 'TIME_WAIT', x: 770, y: top },
  { id: 'CLOSE_WAIT', state: 'CLOSE_WAIT', x: 486, y: bottom },
  { id: 'LAST_ACK', state: 'LAST_ACK', x: 628, y: bottom },
  { id: 'CLOSED-end', state: 'CLOSED', x: 770, y: middle },
]

type Drawn = readonly [from: TcpState, to: TcpState, line: string, x: number, y: number, anchor?: 'start' | 'middle' | 'end']

/** Lines end a little before the node, where the arrow head is. */
const drawn: readonly Drawn[] = [
  ['CLOSED', 'SYN_SENT', 'M 66 111 C 84 74, 112 50, 157 45', 88, 62, 'end'],
  ['CLOSED', 'LISTEN', 'M 60 139 C 66 166, 78 184, 97 197', 62, 178, 'end'],
  ['SYN_SENT', 'CLOSED', 'M 176 58 C 150 66, 122 84, 100 109', 150, 90, 'start'],
  ['LISTEN', 'CLOSED', 'M 142 192 C 134 170, 122 152, 104 138', 138, 164, 'start'],
  ['LISTEN', 'SYN_RECEIVED', 'M 204 202 L 249 202', 222, 187],
  ['SYN_RECEIVED', 'LISTEN', 'M 282 220 C 270 240, 196 240, 178 224', 230, 247],
  ['SYN_SENT', 'SYN_RECEIVED', 'M 218 58 C 230 110, 256 150, 284 189', 232, 128, 'end'],
  ['SYN_SENT', 'ESTABLISHED', 'M 258 58 C 292 70, 320 88, 346 109', 312, 98, 'end'],
  ['SYN_RECEIVED', 'ESTABLISHED', 'M 332 192 L 364 143', 354, 174, 'start'],
  ['SYN_RECEIVED', 'FIN_WAIT_1', 'M 304 192 C 304 120, 326 24, 431 37', 378, 28],
  ['ESTABLISHED', 'FIN_WAIT_1', 'M 408 111 C 424 92, 440 76, 460 62', 424, 88, 'end'],
  ['ESTABLISHED', 'CLOSE_WAIT', 'M 408 139 C 424 158, 440 174, 460 188', 446, 164, 'start'],
  ['FIN_WAIT_1', 'FIN_WAIT_2', 'M 538 44 L 573 44', 557, 25],
  ['FIN_WAIT_1', 'CLOSING', 'M 512 58 C 534 76, 556 94, 576 109', 536, 96, 'end'],
  ['FIN_WAIT_1', 'TIME_WAIT', 'M 532 58 C 580 84, 680 84, 722 61', 634, 90],
  ['FIN_WAIT_2', 'TIME_WAIT', 'M 680 44 L 715 44', 699, 25],
  ['CLOSING', 'TIME_WAIT', 'M 652 120 C 700 112, 728 92, 748 62', 672, 133, 'start'],
  ['CLOSE_WAIT', 'LAST_ACK', 'M 538 206 L 573 206', 557, 187],
  ['LAST_ACK', 'CLOSED', 'M 680 200 C 718 190, 744 170, 758 143', 710, 184, 'end'],
  ['TIME_WAIT', 'CLOSED', 'M 770 58 L 770 108', 778, 88, 'start'],
]

/** Causes that lead to CLOSED from everywhere have a sign of their own. */
export const resetSign = { x: 770, y: 214, line: 'M 770 202 L 770 142' }

export const machineEdges: readonly MachineEdge[] = drawn.map(([from, to, line, x, y, anchor = 'middle']) => ({
  id: `${from}-${to}`,
  from,
  to,
  causes: stateTransitions.filter((step) => step.from === from && step.to === to && step.cause !== 'reset').map(({ cause }) => cause),
  path: pathOfStep(from, to),
  line,
  label: { x, y, anchor },
}))
