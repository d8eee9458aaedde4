/** Named series over common times, oldest first; the oldest samples go when it is full. */
export class SampleHistory<Name extends string> {
  readonly #capacity: number
  #times: number[] = []
  readonly #values = new Map<Name, (number | undefined)[]>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** `at` in Unix milliseconds; a name that is left out has no value then. */
  add(at: number, sample: ReadonlyMap<Name, number>): void {
    if (at <= (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY)) return // a clock set back would draw lines backwards
    for (const name of sample.keys())
      if (!this.#values.has(name))
        this.#values.set(
          name,
          this.#times.map(() => undefined),
        )
    this.#times = kept([...this.#times, at], this.#capacity)
    for (const [name, values] of this.#values) this.#values.set(name, kept([...values, sample.get(name)], this.#capacity))
  }

  /** Unix milliseconds. */
  get times(): readonly number[] {
    return this.#times
  }

  valuesOf(name: Name): readonly (number | undefined)[] {
    return this.#values.get(name) ?? []
  }
}

function kept<Value>(values: Value[], capacity: number): Value[] {
  return values.length > capacity ? values.slice(values.length - capacity) : values
}
