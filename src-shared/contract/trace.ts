/** Tracing the headers of one conversation. No payload passes this contract. */
import type { Endpoint } from '../model/connection.ts'
import type { TcpState } from '../model/tcp-state.ts'

export const maximumTracePackets = 5000
export const maximumTraceSeconds = 300
/** What is taken when nothing is asked for: a screenful to read, a minute to wait. */
export const usualTracePackets = 500
export const usualTraceSeconds = 60
/** Most packets in one answer; the next question goes on from there. */
export const maximumPacketsPerAnswer = 1000

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
  /** Absent when there was no such connection. */
  readonly local?: Endpoint
  readonly remote?: Endpoint
  /** What the local end's row said when the trace began. */
  readonly stateAtStart?: TcpState
  /** What the tool listens on. */
  readonly interface?: string
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
  /** Congestion flags (RFC 3168). */
  readonly ece?: true
  readonly cwr?: true
  /** As on the wire. */
  readonly sequence: number
  readonly acknowledgement: number
  /** As on the wire, unscaled. */
  readonly window: number
  /** Window scale option (RFC 7323) of a SYN. */
  readonly windowScale?: number
  /** Maximum segment size option of a SYN. */
  readonly maximumSegment?: number
  /** SACK-permitted option of a SYN. */
  readonly sackPermitted?: true
  /** Timestamps option (RFC 7323), as on the wire. */
  readonly timestamps?: readonly [value: number, echo: number]
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
