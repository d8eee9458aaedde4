import type { TcpState } from '../model/tcp-state.ts'

/** The two ends of a conversation: `local` is the end of the row that the trace began from. */
export type EndName = 'local' | 'remote'

/** What a segment does, in the words of RFC 9293. */
export const stepKinds = [
  'syn',
  /** A SYN that crosses the other end's SYN: simultaneous open. */
  'syn-crossing',
  'syn-ack',
  /** The third segment of the handshake. */
  'handshake-ack',
  'data',
  'ack',
  /** The first FIN of the conversation. */
  'fin',
  /** The FIN of the end that closes second. */
  'fin-second',
  /** A FIN that crosses the other end's FIN: simultaneous close. */
  'fin-crossing',
  /** Acknowledges the other end's FIN. */
  'fin-ack',
  /** RST in answer to a SYN. */
  'refused',
  'reset',
  'other',
] as const
export type StepKind = (typeof stepKinds)[number]

/** What is remarkable about a segment among those before it. */
export const stepMarks = [
  'retransmission',
  /** Sent again because of duplicate acknowledgements or SACK, before a timer ran out (RFC 5681, RFC 6675). */
  'fast-retransmission',
  /** Sent again although it was acknowledged already. */
  'spurious-retransmission',
  'out-of-order',
  /** Bytes before it were not seen. */
  'gap',
  /** Acknowledges what the capture did not see. */
  'unseen-acknowledged',
  'duplicate-ack',
  /** SACK tells of bytes that came twice (RFC 2883). */
  'duplicate-sack',
  'keep-alive',
  'keep-alive-ack',
  'zero-window',
  'zero-window-probe',
  'window-update',
  /** The same ports begin anew. */
  'new-conversation',
  /** An RST that its receiver must not obey: its number is not the next expected one (RFC 9293 section 3.10.7.4). */
  'reset-outside',
] as const
export type StepMark = (typeof stepMarks)[number]

export interface TraceStep {
  readonly index: number
  /** Milliseconds since the first packet, and since the one before. */
  readonly atMs: number
  readonly sinceLastMs: number
  readonly from: EndName
  /** As tcpdump writes them: "[S.]". */
  readonly flags: string
  readonly kind: StepKind
  readonly marks: readonly StepMark[]
  /** Relative to the first sequence number: a SYN is 0, the first byte 1. `to` is the number after the last one used. */
  readonly sequence: { readonly from: number; readonly to: number }
  /** Relative, absent without the ACK flag. */
  readonly acknowledgement?: number
  /** Bytes, scaled where `windowScaled`; else as on the wire, because the handshake was not seen. */
  readonly window: number
  readonly windowScaled: boolean
  readonly payloadBytes: number
  readonly maximumSegment?: number
  /** Relative. */
  readonly selectiveAcks?: readonly (readonly [from: number, to: number])[]
  /** How many of the same acknowledgement there were before, for a duplicate one. */
  readonly duplicates?: number
  /** After this step; unknown is absent. */
  readonly states: EndStatesShown
  /** Ends whose state this step changed. */
  readonly changed: readonly EndName[]
}

export interface EndStatesShown {
  readonly local?: TcpState
  readonly remote?: TcpState
}
