/** Texts that many rows share, as numbers. Grows only; the row table starts a new session before it grows without bound. */
export class StringTable {
  readonly #references = new Map<string, number>()
  /** Index 0 is "absent". */
  readonly #texts: string[] = ['']
  readonly #addedAt: number[] = [0]

  get size(): number {
    return this.#texts.length
  }

  /** The reference of a text, new at `sequence` if it was not known; 0 for an absent text. */
  intern(text: string | undefined, sequence: number): number {
    if (text === undefined) return 0
    const known = this.#references.get(text)
    if (known !== undefined) return known
    const reference = this.#texts.length
    this.#references.set(text, reference)
    this.#texts.push(text)
    this.#addedAt.push(sequence)
    return reference
  }

  text(reference: number): string | undefined {
    return reference === 0 ? undefined : this.#texts[reference]
  }

  /** The entries that came after `sequence`. */
  since(sequence: number): { readonly first: number; readonly texts: readonly string[] } {
    let first = this.#texts.length
    while (first > 1 && (this.#addedAt[first - 1] ?? 0) > sequence) first -= 1
    return { first, texts: this.#texts.slice(first) }
  }
}
