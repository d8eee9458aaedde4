import type { TcpState } from '../model/tcp-state.ts'
import type { Segment } from './mark-segment.ts'
import type { StepKind } from './trace-step.ts'

export interface KindFacts extends Segment {
  readonly crossesSyn: boolean
  /** Where the receiver's own FIN ends, if it sent one before. */
  readonly finBefore: number | undefined
  /** That FIN was acknowledged before this segment. */
  readonly finAcknowledgedBefore: boolean
  readonly receiverBefore: TcpState | undefined
  readonly receiverAfter: TcpState | undefined
}

/** What a segment does; its first meaning where it has several (data may come with a FIN). */
export function kindOf(facts: KindFacts): StepKind {
  const { packet, crossesSyn, acknowledgement, finBefore, receiverBefore, receiverAfter } = facts
  if (packet.rst) return receiverBefore === 'SYN_SENT' && receiverAfter === 'CLOSED' ? 'refused' : 'reset'
  if (packet.syn) {
    if (packet.ack) return 'syn-ack'
    return crossesSyn ? 'syn-crossing' : 'syn'
  }
  const coversFin = finBefore !== undefined && acknowledgement !== undefined && acknowledgement >= finBefore
  if (packet.fin) {
    if (finBefore === undefined) return 'fin'
    return coversFin ? 'fin-second' : 'fin-crossing'
  }
  if (packet.payloadBytes > 0) return 'data'
  if (acknowledgement === undefined) return 'other'
  if (receiverBefore === 'SYN_RECEIVED' && receiverAfter === 'ESTABLISHED') return 'handshake-ack'
  return coversFin && !facts.finAcknowledgedBefore ? 'fin-ack' : 'ack'
}
