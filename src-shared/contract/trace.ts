/** Tracing the headers of one conversation. No payload passes this contract. */

export const maximumTracePackets = 5000
export const maximumTraceSeconds = 300

/** Why a trace did not start or ended early. */
export const traceProblems = [
  'tcpdump-missing',
  'not-permitted',
  'platform-cannot',
  /** Only TCP connections with a remote end can be traced. */
  'nothing-to-trace',
  'connection-gone',
  /** As many as may run at once are running. */
  'too-many-traces',
  'tool-failed',
] as const
export type TraceProblem = (typeof traceProblems)[number]

export interface TraceStatus {
  readonly trace: string
  readonly state: 'running' | 'finished' | 'failed'
  readonly problem?: TraceProblem
  /** The tool's or system's own words. */
  readonly reason?: string
  /** Unix milliseconds. */
  readonly startedAt: number
  readonly endsAt: number
  readonly packets: number
  readonly limit: number
  /** Packets that the tool says it lost. */
  readonly dropped?: number
}

export interface TracePacket {
  /** Unix milliseconds with microseconds as fraction. */
  readonly at: number
  /** Seen from the connection's local end. */
  readonly direction: 'out' | 'in'
  readonly syn: boolean
  readonly ack: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly psh: boolean
  readonly urg: boolean
  /** As on the wire. */
  readonly sequence: number
  readonly acknowledgement: number
  /** As on the wire, unscaled. */
  readonly window: number
  /** Window scale option (RFC 7323) of a SYN. */
  readonly windowScale?: number
  /** Maximum segment size option of a SYN. */
  readonly maximumSegment?: number
  /** Bytes of payload the segment carried; none of them is kept. */
  readonly payloadBytes: number
  /** Ranges of the SACK option (RFC 2018). */
  readonly selectiveAcks?: readonly (readonly [from: number, to: number])[]
}

export interface TraceAnswer {
  readonly status: TraceStatus
  /** From the asked index on. */
  readonly packets: readonly TracePacket[]
}

export interface TraceFile {
  /** A pcap file of headers only. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name: string
}
