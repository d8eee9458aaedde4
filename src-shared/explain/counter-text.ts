/** Plain words for one counter of the protocols. */
export interface CounterText {
  /** Short enough for a table. */
  readonly name: string
  /** Where the name does not say it all. */
  readonly meaning?: string
}

/** By the counter's own name. A kernel has more than anybody has words for; those keep their own name. */
export type CounterTexts = Readonly<Record<string, CounterText>>
