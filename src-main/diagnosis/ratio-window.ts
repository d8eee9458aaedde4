/** How much of what was sent was sent again, over a window of time: from two counters that only grow. */
interface Sample {
  readonly at: number
  readonly sent: number
  readonly again: number
}

/** Samples are so many parts of the window apart, at least: that bounds how many there are, whatever window a person sets. */
const partsOfWindow = 60

export interface Ratio {
  readonly sent: number
  readonly again: number
}

export class RatioWindow {
  #samples: readonly Sample[] = []

  /** A counter that falls began anew, or is another machine's: then the window begins anew. */
  observe(at: number, { sent, again }: Ratio, windowMs: number): void {
    const last = this.#samples.at(-1)
    const isContinued = last !== undefined && at >= last.at && sent >= last.sent && again >= last.again
    if (!isContinued) this.#samples = [{ at, sent, again }]
    else {
      const before = this.#samples.at(-2)
      const replaces = before !== undefined && at - before.at < windowMs / partsOfWindow
      this.#samples = [...(replaces ? this.#samples.slice(0, -1) : this.#samples), { at, sent, again }]
    }
    // The first sample stays so long as the second does not span the window.
    const from = this.#samples.findLastIndex((sample) => at - sample.at >= windowMs)
    if (from > 0) this.#samples = this.#samples.slice(from)
  }

  /** The window begins anew. */
  clear(): void {
    this.#samples = []
  }

  /** It was watched for so long. */
  isWhole(windowMs: number): boolean {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    return first !== undefined && last !== undefined && last.at - first.at >= windowMs
  }

  /** What was added over the window, or since the watching began. */
  get added(): Ratio {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (first === undefined || last === undefined) return { sent: 0, again: 0 }
    return { sent: last.sent - first.sent, again: last.again - first.again }
  }
}
