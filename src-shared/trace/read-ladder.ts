/** Reads packets as the steps of a conversation. Pure, and total for packets in any order with any numbers. */
import type { TracePacket } from '../contract/trace.ts'
import type { TcpState } from '../model/tcp-state.ts'
import { EndStates } from './end-states.ts'
import { flagsText } from './flags-text.ts'
import { Half } from './half.ts'
import { markSegment, type Segment } from './mark-segment.ts'
import { kindOf } from './step-kind.ts'
import type { EndName, EndStatesShown, StepMark, TraceStep } from './trace-step.ts'

export interface LadderStart {
  /** What the row of the local end said when the trace began; a conversation that begins later does not need it. */
  readonly stateAtStart?: TcpState | undefined
}

interface Memory {
  halves: Record<EndName, Half>
  readonly states: EndStates
  /** When a SYN or SYN/ACK went out that waits for its answer; undefined once it was repeated (Karn's rule). */
  waitingSinceMs: number | undefined
  roundTripMs: number | undefined
  firstAtMs: number
  lastAtMs: number
}

/** One step per packet, in their order. */
export function readLadder(packets: readonly TracePacket[], { stateAtStart }: LadderStart = {}): readonly TraceStep[] {
  const first = packets[0]?.at ?? 0
  const memory: Memory = {
    halves: { local: new Half(), remote: new Half() },
    states: new EndStates(stateAtStart),
    waitingSinceMs: undefined,
    roundTripMs: undefined,
    firstAtMs: first,
    lastAtMs: first,
  }
  return packets.map((packet, index) => readStep(packet, index, memory))
}

function readStep(packet: TracePacket, index: number, memory: Memory): TraceStep {
  const from: EndName = packet.direction === 'out' ? 'local' : 'remote'
  const to: EndName = from === 'local' ? 'remote' : 'local'
  const begins = beginsAnew(packet, from, memory)
  if (begins !== 'no') forget(memory)
  const own = memory.halves[from]
  const other = memory.halves[to]
  const crossesSyn = packet.syn && !packet.ack && other.sawSyn && !own.sawSyn && other.lastAck === undefined
  const segment = segmentOf(packet, memory, own, other)
  const marks: StepMark[] = [...(begins === 'again' ? (['new-conversation'] as const) : []), ...markSegment(segment, own, other)]
  measure(segment, memory, marks)
  if (packet.syn) noteSyn(packet, own)
  const before = memory.states.shown
  const finAcknowledgedBefore =
    other.finEnd !== undefined && (memory.states.of(to) === 'FIN_WAIT_2' || memory.states.of(to) === 'TIME_WAIT')
  const finBefore = other.finEnd
  const obeyed = memory.states.take({ ...segment, sender: from, sent: own, answered: other })
  if (!obeyed) marks.push('reset-outside')
  const states = memory.states.shown
  const kind = kindOf({ ...segment, crossesSyn, finBefore, finAcknowledgedBefore, receiverBefore: before[to], receiverAfter: states[to] })
  const step = {
    ...numbersOf(segment, own, other),
    index,
    from,
    flags: flagsText(packet),
    kind,
    marks,
    states,
    changed: changedEnds(before, states),
  }
  const timed = { ...step, atMs: packet.at - memory.firstAtMs, sinceLastMs: packet.at - memory.lastAtMs }
  memory.lastAtMs = packet.at
  return marks.includes('duplicate-ack') ? { ...timed, duplicates: own.duplicates } : timed
}

/** A SYN with another number than the one before, or after anything that was no opening. */
function beginsAnew({ syn, ack, sequence }: TracePacket, from: EndName, { halves }: Memory): 'no' | 'first' | 'again' {
  const own = halves[from]
  const other = halves[from === 'local' ? 'remote' : 'local']
  if (!syn || ack) return 'no'
  if (!own.isKnown && !other.isKnown) return 'first'
  if (own.sawSyn) return own.relativeSequence(sequence, true) === 0 ? 'no' : 'again'
  return other.sawSyn && other.lastAck === undefined && !own.isKnown ? 'no' : 'again'
}

function forget(memory: Memory): void {
  memory.halves = { local: new Half(), remote: new Half() }
  memory.states.forget()
  memory.waitingSinceMs = undefined
  memory.roundTripMs = undefined
}

function segmentOf(packet: TracePacket, memory: Memory, own: Half, other: Half): Segment {
  const from = own.relativeSequence(packet.sequence, packet.syn || (packet.rst && !own.isKnown))
  const used = packet.payloadBytes + (packet.syn ? 1 : 0) + (packet.fin ? 1 : 0)
  return {
    packet,
    from,
    to: from + used,
    acknowledgement: packet.ack ? other.relativeAcknowledged(packet.acknowledgement) : undefined,
    atMs: packet.at,
    roundTripMs: memory.roundTripMs,
  }
}

function noteSyn({ windowScale }: TracePacket, own: Half): void {
  own.sawSyn = true
  own.scale = windowScale
}

/** From the caller's SYN to its answer as the local end sees it. What was sent twice tells nothing (RFC 6298 section 3). */
function measure({ packet, atMs }: Segment, memory: Memory, marks: readonly StepMark[]): void {
  const opening = packet.direction === 'out' && packet.syn
  if (opening) memory.waitingSinceMs = marks.length === 0 ? atMs : undefined
  else if (packet.direction === 'in' && packet.ack && !packet.rst && memory.waitingSinceMs !== undefined) {
    memory.roundTripMs ??= atMs - memory.waitingSinceMs
    memory.waitingSinceMs = undefined
  }
}

function numbersOf({ packet, from, to, acknowledgement }: Segment, own: Half, other: Half) {
  const { payloadBytes, maximumSegment, selectiveAcks, window, syn } = packet
  const bothSyns = own.sawSyn && other.sawSyn
  // Scaling is on when both ends offered it, and never applies to the SYN itself (RFC 7323 section 2.2).
  const shift = syn || own.scale === undefined || other.scale === undefined ? 0 : own.scale
  return {
    sequence: { from, to },
    payloadBytes,
    window: window * 2 ** shift,
    windowScaled: syn || bothSyns,
    ...(acknowledgement !== undefined && { acknowledgement }),
    ...(maximumSegment !== undefined && { maximumSegment }),
    ...(selectiveAcks !== undefined && {
      selectiveAcks: selectiveAcks.map(([start, end]) => [other.relativeAcknowledged(start), other.relativeAcknowledged(end)] as const),
    }),
  }
}

function changedEnds(before: EndStatesShown, after: EndStatesShown): readonly EndName[] {
  return (['local', 'remote'] as const).filter((end) => before[end] !== after[end])
}
