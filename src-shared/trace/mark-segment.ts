/** What is remarkable about one segment, from the numbers of both directions before it. The rules are those of RFC 5681, 6675 and 2883. */
import type { TracePacket } from '../contract/trace.ts'
import type { Half } from './half.ts'
import type { StepMark } from './trace-step.ts'

export interface Segment {
  readonly packet: TracePacket
  /** Relative numbers; `to` counts SYN and FIN. */
  readonly from: number
  readonly to: number
  readonly acknowledgement: number | undefined
  readonly atMs: number
  readonly roundTripMs: number | undefined
}

/** Segments that overtake each other do so within a fraction of the way; a sender waits longer before it sends again. */
const leastReorderMs = 3
/** Time for the answer to duplicate acknowledgements to come, where no round trip was measured. */
const leastFastMs = 20
/** RFC 5681: the third duplicate is taken as a sign of loss; with SACK one may be enough (RFC 8985). */
const duplicatesForLoss = 3

/** Marks the segment and takes it into both directions. */
export function markSegment(segment: Segment, own: Half, other: Half): readonly StepMark[] {
  const { packet, from, to, acknowledgement } = segment
  // An RST uses no numbers and promises nothing; what it says stands outside of the stream.
  if (packet.rst) return []
  const marks: StepMark[] = []
  const wasProbed = other.probed
  const sequenceMark = markSequence(segment, own, other)
  if (sequenceMark !== undefined) marks.push(sequenceMark)
  own.probed = sequenceMark === 'keep-alive' || sequenceMark === 'zero-window-probe'
  other.probed = false
  const inOrder = from === own.next
  if (!own.probed) own.advance(to)
  own.isSure ||= to > from
  if (acknowledgement !== undefined) {
    const { next } = other
    if (next !== undefined && acknowledgement > next + (other.isSure ? 0 : 1)) marks.push('unseen-acknowledged')
    const pure = from === to && inOrder && sequenceMark === undefined
    marks.push(...markAcknowledgement(segment, acknowledgement, { own, other, pure, wasProbed }))
    other.fill(-Infinity, acknowledgement)
    other.advance(acknowledgement)
  }
  if (packet.window === 0 && !packet.syn) marks.push('zero-window')
  own.lastWindow = packet.window
  return marks
}

function markSequence(segment: Segment, own: Half, other: Half): StepMark | undefined {
  const { packet, from, to, atMs } = segment
  const { next } = own
  if (next === undefined) return undefined
  if (isProbe(segment, next, other)) return other.lastWindow === 0 ? 'zero-window-probe' : 'keep-alive'
  if (packet.payloadBytes === 1 && from === next && other.lastWindow === 0) return 'zero-window-probe'
  if (to === from) return undefined
  if (from > next) {
    own.miss(next, from, atMs)
    return 'gap'
  }
  if (from === next || isAnswerToCrossing(segment, own)) return undefined
  const missedSince = own.fill(from, to)
  if (isFast(segment, other)) return 'fast-retransmission'
  if (missedSince !== undefined) return atMs - missedSince <= reorderMs(segment) ? 'out-of-order' : 'retransmission'
  return other.lastAck !== undefined && other.lastAck >= to ? 'spurious-retransmission' : 'retransmission'
}

/** A segment just before the next number, with nothing new in it, when all was acknowledged (RFC 9293 section 3.8.4). */
function isProbe({ packet, from }: Segment, next: number, other: Half): boolean {
  if (packet.syn || packet.fin || packet.payloadBytes > 1 || from !== next - 1) return false
  return packet.payloadBytes === 0 || (other.lastAck !== undefined && other.lastAck >= next)
}

/** After calls that crossed, each end sends its SYN again, with the acknowledgement: an answer, not a repetition. */
function isAnswerToCrossing({ packet }: Segment, own: Half): boolean {
  return packet.syn && packet.ack && own.lastAck === undefined
}

function isFast({ from, atMs, roundTripMs }: Segment, other: Half): boolean {
  const enough = other.duplicates >= duplicatesForLoss || (other.duplicates > 0 && other.duplicatesHadSack)
  const within = Math.max(leastFastMs, 2 * (roundTripMs ?? 0))
  return enough && other.lastAck !== undefined && from >= other.lastAck && atMs - other.lastDuplicateAtMs <= within
}

function reorderMs({ roundTripMs }: Segment): number {
  return Math.max(leastReorderMs, (roundTripMs ?? 0) / 2)
}

interface AcknowledgementFacts {
  readonly own: Half
  readonly other: Half
  /** Nothing but an acknowledgement. */
  readonly pure: boolean
  /** The segment before it was the other end's probe. */
  readonly wasProbed: boolean
}

function markAcknowledgement(
  { packet, atMs }: Segment,
  acknowledgement: number,
  { own, other, pure, wasProbed }: AcknowledgementFacts,
): StepMark[] {
  const marks: StepMark[] = []
  const repeated = own.lastAck !== undefined && acknowledgement <= own.lastAck
  const sack = packet.selectiveAcks !== undefined
  if (sack && tellsOfDuplicate(packet)) marks.push('duplicate-sack')
  if (!repeated) {
    own.lastAck = acknowledgement
    own.duplicates = 0
    own.duplicatesHadSack = false
    return marks
  }
  if (!pure || acknowledgement !== own.lastAck || marks.length > 0) return marks
  const waiting = sack || (other.next !== undefined && other.next > acknowledgement)
  if (wasProbed && !sack) marks.push('keep-alive-ack')
  else if (own.lastWindow !== packet.window && !sack) marks.push('window-update')
  else if (waiting) {
    marks.push('duplicate-ack')
    own.duplicates += 1
    own.duplicatesHadSack ||= sack
    own.lastDuplicateAtMs = atMs
  }
  return marks
}

/** RFC 2883: the first range lies below the acknowledgement, or within the second. Compared modulo 2^32. */
function tellsOfDuplicate({ acknowledgement, selectiveAcks = [] }: TracePacket): boolean {
  const [first, second] = selectiveAcks
  if (first === undefined) return false
  if (notAfter(first[1], acknowledgement)) return true
  return second !== undefined && notAfter(second[0], first[0]) && notAfter(first[1], second[1])
}

function notAfter(one: number, another: number): boolean {
  return ((another - one) | 0) >= 0
}
