/** The place of each text among all texts of one column, ignoring case. */
export class TextRanks {
  #ranks = new Map<string, number>()
  #outdated = true

  get outdated(): boolean {
    return this.#outdated
  }

  /** A text not ranked yet comes last for now and marks the ranks as outdated. */
  rankOf(text: string): number {
    const rank = this.#ranks.get(text)
    if (rank !== undefined) return rank
    this.#outdated = true
    return this.#ranks.size
  }

  /** Ranks the texts of exactly these rows; texts of rows that have left are forgotten. */
  rank(slots: Int32Array, textOf: (slot: number) => string | undefined): void {
    const folded = new Map<string, string>()
    for (const slot of slots) {
      const text = textOf(slot)
      if (text !== undefined && !folded.has(text)) folded.set(text, text.toLowerCase())
    }
    // Code units, not a collator: names of programs and paths are no prose, and a collator is a hundred times slower.
    const distinct = [...new Set(folded.values())].toSorted()
    const places = new Map(distinct.map((text, index) => [text, index]))
    this.#ranks = new Map([...folded].map(([text, fold]) => [text, places.get(fold) ?? 0]))
    this.#outdated = false
  }
}
