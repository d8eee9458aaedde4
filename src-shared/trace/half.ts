/** One direction of a conversation: its numbers made relative, and what was seen of it so far. */

/** Half the space of sequence numbers: what is farther ahead lies behind (RFC 9293 section 3.4). */
const halfSpace = 0x8000_0000
/** Ranges of bytes not seen; more than these means that the capture misses most, and the oldest are given up. */
const mostMissing = 64

export interface MissingRange {
  readonly from: number
  readonly to: number
  /** When the bytes after it came. */
  readonly sinceMs: number
}

export class Half {
  /** The number on the wire that is 0 here. */
  #base: number | undefined
  /** Numbers are unwrapped to the one nearest to this. */
  #near = 0
  /** Relative number after the highest one seen or acknowledged. */
  next: number | undefined
  /** False while only bare acknowledgements were seen: the first may have been a probe, one number behind. */
  isSure = false
  missing: MissingRange[] = []
  sawSyn = false
  /** Shift offered in its SYN; undefined without the option. */
  scale: number | undefined
  /** Of the other direction's bytes. */
  lastAck: number | undefined
  /** As on the wire. */
  lastWindow: number | undefined
  /** Acknowledgements in a row that said nothing new while something was missing. */
  duplicates = 0
  duplicatesHadSack = false
  lastDuplicateAtMs = 0
  /** Its last segment was a probe. */
  probed = false
  /** Relative number after its FIN. */
  finEnd: number | undefined

  get isKnown(): boolean {
    return this.#base !== undefined
  }

  /** A SYN takes number 0; where it was not seen, the first number seen is 1, as if there had been one just before. */
  relativeSequence(wire: number, syn: boolean): number {
    this.#base ??= syn ? wire : (wire - 1) >>> 0
    return this.#unwrap(wire)
  }

  /** Of the other direction's acknowledgement. */
  relativeAcknowledged(wire: number): number {
    this.#base ??= (wire - 1) >>> 0
    return this.#unwrap(wire)
  }

  /** Takes bytes as seen. Returns since when they were missing, if they were. */
  fill(from: number, to: number): number | undefined {
    let since: number | undefined
    this.missing = this.missing.flatMap((range) => {
      if (to <= range.from || from >= range.to) return [range]
      since = Math.min(since ?? range.sinceMs, range.sinceMs)
      return [
        { ...range, to: Math.min(range.to, from) },
        { ...range, from: Math.max(range.from, to) },
      ].filter((rest) => rest.to > rest.from)
    })
    return since
  }

  miss(from: number, to: number, sinceMs: number): void {
    this.missing.push({ from, to, sinceMs })
    if (this.missing.length > mostMissing) this.missing.shift()
  }

  advance(to: number): void {
    if (this.next === undefined || to > this.next) this.next = to
    if (this.next > this.#near) this.#near = this.next
  }

  #unwrap(wire: number): number {
    const expected = ((this.#base ?? 0) + this.#near) >>> 0
    const ahead = (wire - expected) >>> 0
    return this.#near + (ahead < halfSpace ? ahead : ahead - 2 * halfSpace)
  }
}
