import type { TracePacket } from '../../src-shared/contract/trace.ts'

/** A packet of a trace: what was read from its headers, and the headers as they were. No byte of payload is among them. */
export interface KeptPacket {
  readonly packet: TracePacket
  readonly headers: Uint8Array<ArrayBuffer>
  readonly wireLength: number
}
