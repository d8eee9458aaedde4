import { maximumTree, type ChildProcess } from '../contract/actions.ts'
import type { Api } from '../contract/api.ts'
import type { ProcessIdentity } from '../model/process.ts'

export interface TreeMember extends ProcessIdentity {
  /** 0 for what was asked for, 1 for its children and so on. */
  readonly depth: number
  /** As the person was told. Those that are no members were not agreed to: they stay, with whatever they start. */
  readonly children: readonly ChildProcess[]
}

export interface LateChild extends ProcessIdentity {
  readonly name?: string
}

export interface EndingBatch {
  readonly targets: readonly ProcessIdentity[]
  /** They began after the person was asked: what was confirmed for others is not confirmed for them. */
  readonly late: boolean
}

export interface ParentsFirstOptions {
  readonly api: Api
  readonly members: readonly TreeMember[]
  /** Processes that the person left out, with whatever they start. */
  readonly spared?: readonly ProcessIdentity[]
  /** Runs once after so many milliseconds; the answer cancels. */
  readonly startTimer: (delayMs: number, run: () => void) => () => void
  /** Milliseconds since any fixed moment. */
  readonly now: () => number
  readonly onFound: (child: LateChild) => void
  /** More began than anyone means to end in one go; the rest is left alone. */
  readonly onGrowing: () => void
}

/** A program that starts what was ended anew does so within such a time or a multiple of it. */
const leastPauseMs = 100

/**
 * The order in which a tree of processes ends: each level in one batch, parents before their children. A parent that goes first starts
 * nobody anew, and an orderly one takes its children along. Until a batch has ended (the caller then asks for the next one), its
 * children are listed again and again: who began after the person was asked comes in a batch of its own. Only who begins in the instant
 * between the last list and the end of its parent is missed.
 */
export async function* parentsFirst(options: ParentsFirstOptions): AsyncGenerator<EndingBatch, void, void> {
  const told = options.members.flatMap(({ children }) => children.flatMap(identified))
  const known = new Set([...options.members, ...(options.spared ?? []), ...told].map(keyOf))
  const levels = levelsOf(options.members)
  let late: readonly ProcessIdentity[] = []
  let lateCount = 0
  for (let depth = 0; depth < levels.length || late.length > 0; depth += 1) {
    const batches = [
      { targets: levels[depth] ?? [], late: false },
      { targets: late, late: true },
    ]
    const found: LateChild[] = []
    for (const batch of batches) {
      if (batch.targets.length === 0) continue
      const lookout = new Lookout(options, batch.targets, known)
      await lookout.look()
      lookout.goOn()
      try {
        yield batch
      } finally {
        await lookout.end()
      }
      found.push(...lookout.found)
    }
    const room = maximumTree - lateCount
    if (found.length > room) options.onGrowing()
    late = found.slice(0, room).map(({ pid, startToken }) => ({ pid, startToken }))
    lateCount += late.length
  }
}

/** Lists the children of processes while these are being ended. */
class Lookout {
  readonly found: LateChild[] = []
  readonly #options: ParentsFirstOptions
  readonly #known: Set<string>
  #alive: readonly ProcessIdentity[]
  /** Looking takes at most half of the time, however slow the system lists its processes. */
  #pauseMs = leastPauseMs
  #looking: Promise<void> = Promise.resolve()
  #isOver = false
  #wake: (() => void) | undefined

  constructor(options: ParentsFirstOptions, parents: readonly ProcessIdentity[], known: Set<string>) {
    this.#options = options
    this.#alive = parents
    this.#known = known
  }

  async look(): Promise<void> {
    const alive: ProcessIdentity[] = []
    const begin = this.#options.now()
    for (const { pid, startToken } of this.#alive) {
      const preview = await this.#options.api.call('previewEndProcess', { pid, startToken })
      if (preview.ok || preview.error.code !== 'not-found') alive.push({ pid, startToken })
      if (preview.ok) for (const child of preview.value.children) this.#note(child)
    }
    this.#alive = alive
    this.#pauseMs = Math.max(leastPauseMs, this.#options.now() - begin)
  }

  goOn(): void {
    this.#looking = this.#lookUntilOver()
  }

  async end(): Promise<void> {
    this.#isOver = true
    this.#wake?.()
    await this.#looking
    await this.look() // of who is still there
  }

  async #lookUntilOver(): Promise<void> {
    while (!this.#isOver && this.#alive.length > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.#options.startTimer(this.#pauseMs, resolve)
        this.#wake = () => {
          cancel()
          resolve()
        }
      })
      if (!this.#isOver) await this.look()
    }
  }

  #note(told: ChildProcess): void {
    for (const identity of identified(told)) {
      if (this.#known.has(keyOf(identity))) continue
      this.#known.add(keyOf(identity))
      const child: LateChild = told.name === undefined ? identity : { ...identity, name: told.name }
      this.found.push(child)
      this.#options.onFound(child)
    }
  }
}

/** Nobody, where it cannot be told for sure that the bearer of the pid is the child. */
function identified({ pid, startToken }: ChildProcess): readonly ProcessIdentity[] {
  return startToken === undefined ? [] : [{ pid, startToken }]
}

/** A pid alone may have gone to another process meanwhile. */
function keyOf({ pid, startToken }: ProcessIdentity): string {
  return `${pid}:${startToken}`
}

function levelsOf(members: readonly TreeMember[]): readonly (readonly ProcessIdentity[])[] {
  const levels: ProcessIdentity[][] = []
  for (const { pid, startToken, depth } of members) (levels[depth] ??= []).push({ pid, startToken })
  return Array.from(levels, (level) => level ?? [])
}
