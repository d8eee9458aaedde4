/** Owners that the system tells beside the one in a record: sockets that several processes share, or that one uses for another. */
const none: readonly number[] = []

export class ToldPids {
  readonly #further = new Map<number, readonly number[]>()

  /** Replaces what was told for a slot; none at all is the usual case. */
  set(slot: number, pids: readonly number[]): void {
    if (pids.length === 0) this.#further.delete(slot)
    else this.#further.set(slot, pids)
  }

  forget(slot: number): void {
    this.#further.delete(slot)
  }

  /** Beside the pid of the record. */
  furtherOf(slot: number): readonly number[] {
    return this.#further.get(slot) ?? none
  }
}
