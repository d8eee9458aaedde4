/**
 * The states of both ends as a conversation goes on (RFC 9293 section 3.10). The capture is taken at the local end: what it shows
 * coming in has arrived. What goes out may be lost, so the remote end is taken to have a SYN or FIN only when it acknowledged it.
 */
import type { TracePacket } from '../contract/trace.ts'
import type { TcpState } from '../model/tcp-state.ts'
import type { Half } from './half.ts'
import type { EndName, EndStatesShown } from './trace-step.ts'

export interface SegmentFacts {
  readonly sender: EndName
  readonly packet: TracePacket
  readonly from: number
  readonly to: number
  readonly acknowledgement: number | undefined
  /** Of the sender and the receiver, with this segment taken in. */
  readonly sent: Half
  readonly answered: Half
}

/** What the other end must be in for the local one to be where its row says it is. */
const peerStates: Partial<Record<TcpState, TcpState>> = {
  CLOSE_WAIT: 'FIN_WAIT_2',
  LAST_ACK: 'FIN_WAIT_2',
  FIN_WAIT_2: 'CLOSE_WAIT',
}
const onFinSent: Partial<Record<TcpState, TcpState>> = { ESTABLISHED: 'FIN_WAIT_1', SYN_RECEIVED: 'FIN_WAIT_1', CLOSE_WAIT: 'LAST_ACK' }
/** The acknowledgement that the remote end was taken to have got was lost: it sends its FIN again. */
const onFinSentAgain: Partial<Record<TcpState, TcpState>> = { FIN_WAIT_2: 'FIN_WAIT_1', CLOSED: 'LAST_ACK', TIME_WAIT: 'CLOSING' }
const onFinReceived: Partial<Record<TcpState, TcpState>> = {
  ESTABLISHED: 'CLOSE_WAIT',
  SYN_RECEIVED: 'CLOSE_WAIT',
  FIN_WAIT_1: 'CLOSING',
  FIN_WAIT_2: 'TIME_WAIT',
}
const onFinAcknowledged: Partial<Record<TcpState, TcpState>> = { FIN_WAIT_1: 'FIN_WAIT_2', CLOSING: 'TIME_WAIT', LAST_ACK: 'CLOSED' }

export class EndStates {
  readonly #states: Record<EndName, TcpState | undefined>
  /** A FIN on its way to this end, not yet known to have arrived. */
  readonly #finOnTheWay: Record<EndName, boolean> = { local: false, remote: false }

  constructor(localAtStart: TcpState | undefined) {
    this.#states = { local: localAtStart, remote: localAtStart && peerStates[localAtStart] }
  }

  get shown(): EndStatesShown {
    const { local, remote } = this.#states
    return { ...(local !== undefined && { local }), ...(remote !== undefined && { remote }) }
  }

  of(end: EndName): TcpState | undefined {
    return this.#states[end]
  }

  forget(): void {
    this.#states.local = undefined
    this.#states.remote = undefined
    this.#finOnTheWay.local = false
    this.#finOnTheWay.remote = false
  }

  /** Returns false for an RST that the receiver must not obey. */
  take(facts: SegmentFacts): boolean {
    const receiver: EndName = facts.sender === 'local' ? 'remote' : 'local'
    if (facts.packet.rst) return this.#reset(facts, receiver)
    this.#believeFin(facts)
    this.#send(facts)
    this.#receive(facts, receiver)
    return true
  }

  /** The sender acknowledges the other end's FIN: so it has it. */
  #believeFin({ sender, acknowledgement, answered }: SegmentFacts): void {
    const { finEnd } = answered
    if (this.#finOnTheWay[sender] && finEnd !== undefined && acknowledgement !== undefined && acknowledgement >= finEnd)
      this.#getFin(sender)
  }

  #send({ sender, packet, acknowledgement, sent, answered, to }: SegmentFacts): void {
    const state = this.#states[sender]
    if (packet.syn) {
      if (packet.ack) this.#states[sender] = 'SYN_RECEIVED'
      else if (state !== 'SYN_RECEIVED') this.#states[sender] = 'SYN_SENT'
      return
    }
    if (state === 'SYN_SENT' && acknowledgement !== undefined && acknowledgement >= 1 && answered.sawSyn)
      this.#states[sender] = 'ESTABLISHED'
    // Calls that crossed: nothing further is needed for it to be open.
    if (state === 'SYN_RECEIVED' && answered.lastAck !== undefined && answered.lastAck >= 1) this.#states[sender] = 'ESTABLISHED'
    const receiver = sender === 'local' ? 'remote' : 'local'
    const open = this.#states[receiver] === 'ESTABLISHED' && answered.finEnd === undefined
    if (this.#states[sender] === undefined && packet.ack && open) this.#states[sender] = 'ESTABLISHED'
    if (packet.fin) this.#sendFin(sender, sent.finEnd === to, answered)
    if (packet.fin) sent.finEnd = to
  }

  #sendFin(sender: EndName, again: boolean, answered: Half): void {
    const state = this.#states[sender]
    if (state === undefined) this.#states[sender] = answered.finEnd === undefined ? 'FIN_WAIT_1' : 'LAST_ACK'
    else if (!again) this.#states[sender] = onFinSent[state] ?? state
    else if (sender === 'remote') this.#states.remote = onFinSentAgain[state] ?? state
  }

  #receive({ packet, from, acknowledgement, sent, answered }: SegmentFacts, receiver: EndName): void {
    const state = this.#states[receiver]
    const arrived = receiver === 'local'
    if (packet.syn && !packet.ack && state === 'SYN_SENT' && arrived) this.#states[receiver] = 'SYN_RECEIVED'
    if (packet.syn && packet.ack && state === 'SYN_SENT' && arrived) this.#states[receiver] = 'ESTABLISHED'
    if (acknowledgement === undefined) return
    if (this.#states[receiver] === 'SYN_RECEIVED' && answered.sawSyn && acknowledgement >= 1) this.#states[receiver] = 'ESTABLISHED'
    const { finEnd } = answered
    if (finEnd !== undefined && acknowledgement >= finEnd) {
      // Numbers after its own FIN: the FIN that crossed has arrived before this one.
      if (this.#finOnTheWay[receiver] && sent.finEnd !== undefined && from >= sent.finEnd) this.#getFin(receiver)
      const now = this.#states[receiver]
      if (now !== undefined) this.#states[receiver] = onFinAcknowledged[now] ?? now
    }
    if (packet.fin && this.#states[receiver] !== 'TIME_WAIT') this.#finOnTheWay[receiver] = true
    // In order only: a FIN behind a gap is kept until the gap is filled.
    if (arrived && this.#finOnTheWay.local && sent.missing.length === 0) this.#getFin('local')
  }

  #getFin(end: EndName): void {
    this.#finOnTheWay[end] = false
    const state = this.#states[end]
    this.#states[end] = state === undefined ? 'CLOSE_WAIT' : (onFinReceived[state] ?? state)
  }

  #reset({ sender, packet, from, acknowledgement, sent, answered }: SegmentFacts, receiver: EndName): boolean {
    this.#states[sender] = 'CLOSED'
    const state = this.#states[receiver]
    const expected = [answered.lastAck, sent.next].filter((number) => number !== undefined)
    // While it calls, an end obeys only a reset that acknowledges its SYN (section 3.10.7.3).
    const obeyed = state === 'SYN_SENT' ? packet.ack && acknowledgement === answered.next : expected.length === 0 || expected.includes(from)
    if (obeyed) this.#states[receiver] = 'CLOSED'
    return obeyed
  }
}
