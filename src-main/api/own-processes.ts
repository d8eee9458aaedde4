type ParentOf = (pid: number) => number | undefined

/** How far up a process' parents are followed to see whether Sockscope started it. */
const generations = 3

/** Sockscope's processes and what they started: ended only with the explicit second step. */
export class OwnProcesses {
  readonly #pids: readonly number[]
  readonly #parentsNow: () => ParentOf
  #parentOf: ParentOf | undefined

  /** `parentsNow`: who is whose parent at this moment; on some systems that lists all processes. */
  constructor(pids: readonly number[], parentsNow: () => ParentOf) {
    this.#pids = pids
    this.#parentsNow = parentsNow
  }

  /** To be called before each action: its targets, up to a thousand, are then judged by one look at the system. */
  lookAgain(): void {
    this.#parentOf = undefined
  }

  has(pid: number): boolean {
    this.#parentOf ??= this.#parentsNow()
    let current: number | undefined = pid
    for (let generation = 0; generation < generations && current !== undefined && current > 1; generation += 1) {
      if (this.#pids.includes(current)) return true
      current = this.#parentOf(current)
    }
    return false
  }
}
