/** Records as a source would hand them to the row table. */
import { stateCode, type TcpState } from '../../src-shared/model/tcp-state.ts'
import { absentCount, type TimerKind } from '../../src-shared/model/columns.ts'
import {
  flagActivity,
  flagCounters,
  flagQueues,
  flagTupleIdentity,
  packHead,
  recordWord,
  timerKindCode,
  unansweredFlags,
} from '../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../src-main/table/row-table.ts'

export interface RecordInput {
  readonly id: number
  readonly high?: number
  readonly protocol?: 'tcp' | 'udp'
  readonly family?: 4 | 6
  readonly state?: TcpState
  readonly localPort?: number
  readonly remotePort?: number
  readonly inode?: number
  /** String references. */
  readonly user?: number
  readonly interface?: number
  readonly timer?: TimerKind
  readonly timerMs?: number
  readonly receivedBytes?: number
  readonly sentBytes?: number
  readonly retransmits?: number
  readonly receiveQueue?: number
  /** Unix seconds. */
  readonly lastReceivedSeconds?: number
  readonly lastSentSeconds?: number
  readonly segmentsSent?: number
  readonly unanswered?: number
  /** False: the identity is a tuple. */
  readonly cookie?: boolean
}

const two32 = 4_294_967_296

export function record(input: RecordInput): Uint32Array {
  const scratch = createScratchRecord()
  const { id, high = 0, protocol = 'tcp', family = 4, state = 'ESTABLISHED', localPort = 1000, remotePort = 2000, inode = id } = input
  const counted = input.receivedBytes !== undefined || input.sentBytes !== undefined
  scratch[recordWord.identityLow] = id
  scratch[recordWord.identityHigh] = high
  scratch[recordWord.head] = packHead(
    protocol === 'tcp' ? 0 : 1,
    family,
    protocol === 'tcp' ? stateCode(state) : 0,
    timerKindCode(input.timer ?? 'none'),
  )
  scratch[recordWord.ports] = ((localPort << 16) | remotePort) >>> 0
  scratch.set([0, 0, 0xffff, 0x7f000001], recordWord.local)
  scratch.set([0, 0, 0xffff, 0x7f000002], recordWord.remote)
  scratch[recordWord.inode] = inode
  scratch[recordWord.user] = input.user ?? 0
  scratch[recordWord.interface] = input.interface ?? 0
  scratch[recordWord.receiveQueue] = input.receiveQueue ?? 0
  if (input.retransmits !== undefined) scratch[recordWord.retransmits] = input.retransmits
  scratch[recordWord.receivedLow] = (input.receivedBytes ?? 0) % two32
  scratch[recordWord.receivedHigh] = Math.floor((input.receivedBytes ?? 0) / two32)
  scratch[recordWord.sentLow] = (input.sentBytes ?? 0) % two32
  scratch[recordWord.sentHigh] = Math.floor((input.sentBytes ?? 0) / two32)
  scratch[recordWord.timerMs] = input.timerMs ?? 0
  const { lastReceivedSeconds, lastSentSeconds, segmentsSent, unanswered } = input
  const active = [lastReceivedSeconds, lastSentSeconds, segmentsSent].some((told) => told !== undefined)
  if (active) scratch.set([lastReceivedSeconds ?? 0, lastSentSeconds ?? 0, segmentsSent ?? absentCount], recordWord.lastReceivedSeconds)
  scratch[recordWord.flags] =
    flagQueues |
    (counted ? flagCounters : 0) |
    (input.cookie === false ? flagTupleIdentity : 0) |
    (active ? flagActivity : 0) |
    (unanswered === undefined ? 0 : unansweredFlags(unanswered))
  return scratch
}
