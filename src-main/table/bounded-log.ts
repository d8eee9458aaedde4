/** Numbers with the sequence at which they were noted, the oldest forgotten first. */
export class BoundedLog {
  readonly #capacity: number
  readonly #values: Uint32Array
  readonly #sequences: Float64Array
  #start = 0
  #length = 0
  #forgottenSequence = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#values = new Uint32Array(capacity)
    this.#sequences = new Float64Array(capacity)
  }

  note(value: number, sequence: number): void {
    if (this.#length === this.#capacity) {
      this.#forgottenSequence = this.#sequences[this.#start] ?? 0
      this.#start = (this.#start + 1) % this.#capacity
      this.#length -= 1
    }
    const at = (this.#start + this.#length) % this.#capacity
    this.#values[at] = value
    this.#sequences[at] = sequence
    this.#length += 1
  }

  /** The values noted after `sequence`, oldest first; undefined when some of them are forgotten. */
  since(sequence: number): number[] | undefined {
    if (sequence < this.#forgottenSequence) return undefined
    const found: number[] = []
    for (let back = this.#length - 1; back >= 0; back -= 1) {
      const at = (this.#start + back) % this.#capacity
      if ((this.#sequences[at] ?? 0) <= sequence) break
      found.push(this.#values[at] ?? 0)
    }
    return found.toReversed()
  }
}
