/** A TCP header with its options (RFC 9293 section 3.1; options of RFC 7323 and RFC 2018). Total. */
import type { TracePacket } from '../../src-shared/contract/trace.ts'
import { withoutUndefined } from '../../src-shared/model/connection.ts'

export type TcpFacts = Omit<TracePacket, 'at' | 'direction' | 'payloadBytes'>

export interface TcpLayer {
  readonly sourcePort: number
  readonly destinationPort: number
  /** Bytes of the header with its options, as far as they were captured. */
  readonly length: number
  /** What the header says it is long; payload begins after it. */
  readonly toldLength: number
  readonly facts: TcpFacts
}

type Options = Pick<TcpFacts, 'windowScale' | 'maximumSegment' | 'sackPermitted' | 'timestamps' | 'selectiveAcks'>
type OptionsRead = { -readonly [Name in keyof Options]?: Options[Name] }

const smallestHeader = 20
const flags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 }
const kinds = { end: 0, nothing: 1, maximumSegment: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8 }
/** RFC 7323 section 2.3: a larger shift is to be taken as 14. */
const largestScale = 14
/** Option space of 40 bytes has room for four ranges (RFC 2018). */
const mostRanges = 4

/** Undefined when not even the fixed part was captured, or the header says it is shorter than that. */
export function decodeTcp(segment: Uint8Array): TcpLayer | undefined {
  if (segment.length < smallestHeader) return undefined
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
  const toldLength = (view.getUint8(12) >>> 4) * 4
  if (toldLength < smallestHeader) return undefined
  const length = Math.min(toldLength, segment.length)
  const bits = view.getUint8(13)
  const has = (flag: number): boolean => (bits & flag) !== 0
  const syn = has(flags.syn)
  const facts = withoutUndefined<TcpFacts>({
    syn,
    ack: has(flags.ack),
    fin: has(flags.fin),
    rst: has(flags.rst),
    psh: has(flags.psh),
    urg: has(flags.urg),
    ece: has(flags.ece) ? true : undefined,
    cwr: has(flags.cwr) ? true : undefined,
    sequence: view.getUint32(4),
    acknowledgement: view.getUint32(8),
    window: view.getUint16(14),
    ...readOptions(view, length, syn),
  })
  return { sourcePort: view.getUint16(0), destinationPort: view.getUint16(2), length, toldLength, facts }
}

function readOptions(view: DataView, end: number, syn: boolean): OptionsRead {
  const options: OptionsRead = {}
  let at = smallestHeader
  while (at < end) {
    const kind = view.getUint8(at)
    if (kind === kinds.end) break
    if (kind === kinds.nothing) {
      at += 1
      continue
    }
    const size = at + 1 < end ? view.getUint8(at + 1) : 0
    if (size < 2 || at + size > end) break
    readOption(options, { view, at, size, kind, syn })
    at += size
  }
  return options
}

interface Option {
  readonly view: DataView
  readonly at: number
  readonly size: number
  readonly kind: number
  readonly syn: boolean
}

/** Three of the options have a meaning in a SYN only. */
function readOption(options: OptionsRead, { view, at, size, kind, syn }: Option): void {
  if (kind === kinds.maximumSegment && size === 4 && syn) options.maximumSegment = view.getUint16(at + 2)
  else if (kind === kinds.windowScale && size === 3 && syn) options.windowScale = Math.min(view.getUint8(at + 2), largestScale)
  else if (kind === kinds.sackPermitted && size === 2 && syn) options.sackPermitted = true
  else if (kind === kinds.timestamps && size === 10) options.timestamps = [view.getUint32(at + 2), view.getUint32(at + 6)]
  else if (kind === kinds.sack && size > 2 && (size - 2) % 8 === 0) {
    const ranges = Math.min((size - 2) / 8, mostRanges)
    options.selectiveAcks = Array.from({ length: ranges }, (_, index) => {
      const from = at + 2 + index * 8
      return [view.getUint32(from), view.getUint32(from + 4)] as const
    })
  }
}
