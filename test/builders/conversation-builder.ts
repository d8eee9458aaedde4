/** Conversations written as a person would on a board: who sends which flags with which relative numbers. */
import type { TracePacket } from '../../src-shared/contract/trace.ts'

export interface Says {
  /** Letters of tcpdump: S . P F R. */
  readonly flags: string
  readonly seq: number
  readonly ack?: number
  readonly data?: number
  readonly window?: number
  readonly afterMs?: number
  readonly more?: Partial<TracePacket>
}

export interface ConversationOptions {
  /** First sequence numbers of both ends on the wire. */
  readonly local?: number
  readonly remote?: number
}

const startedAt = 1_795_161_600_000

export class Conversation {
  readonly packets: TracePacket[] = []
  readonly #first: Record<'out' | 'in', number>
  #at = startedAt

  constructor({ local = 1_000_000, remote = 9_000_000 }: ConversationOptions = {}) {
    this.#first = { out: local, in: remote }
  }

  out(flags: string, seq: number, ack?: number, rest: Omit<Says, 'flags' | 'seq' | 'ack'> = {}): this {
    return this.#say('out', { flags, seq, ...(ack !== undefined && { ack }), ...rest })
  }

  in(flags: string, seq: number, ack?: number, rest: Omit<Says, 'flags' | 'seq' | 'ack'> = {}): this {
    return this.#say('in', { flags, seq, ...(ack !== undefined && { ack }), ...rest })
  }

  /** The three segments that open it, called from here. */
  opened(): this {
    return this.out('S', 0).in('S.', 0, 1).out('.', 1, 1)
  }

  #say(direction: 'out' | 'in', { flags, seq, ack, data = 0, window = 1000, afterMs = 10, more = {} }: Says): this {
    const other = direction === 'out' ? 'in' : 'out'
    this.#at += afterMs
    this.packets.push({
      at: this.#at,
      direction,
      syn: flags.includes('S'),
      ack: ack !== undefined,
      fin: flags.includes('F'),
      rst: flags.includes('R'),
      psh: flags.includes('P'),
      urg: false,
      sequence: (this.#first[direction] + seq) >>> 0,
      acknowledgement: ack === undefined ? 0 : (this.#first[other] + ack) >>> 0,
      window,
      payloadBytes: data,
      ...more,
    })
    return this
  }
}
