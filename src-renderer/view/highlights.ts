/**
 * Which rows are coloured, and until when. One wheel for all of them: every call of `mark` is one batch with one end, so that
 * neither rows nor batches need a timer of their own. Times are milliseconds of any clock that does not run backwards.
 */
import type { Highlight } from '../../src-shared/query/index.ts'
import { grown } from './grown.ts'

const words: readonly Highlight[] = ['none', 'new', 'changed', 'closed']
const closedCode = words.indexOf('closed')
/**
 * Of the time that a closed row stays: after it the row is drawn fainter. At a third it is so at the second look of a table that looks once
 * a second and keeps closed rows for two; a step costs one repaint, a gradual change one in each frame.
 */
const leavingShare = 1 / 3

interface Batch {
  readonly startedAt: number
  readonly slots: Int32Array
}

export interface Expired {
  /** Rows that lost their colour, or closed ones that are to go. */
  readonly count: number
  /** Closed rows whose time is over. */
  readonly dropped: readonly number[]
}

const none: Expired = { count: 0, dropped: [] }

export class Highlights {
  #highlightMs: number
  #keepClosedMs: number | undefined
  #lingerMs = 0
  /** By slot. */
  #codes = new Uint8Array(0)
  #startedAt = new Float64Array(0)
  #coloured: Batch[] = []
  #closed: Batch[] = []
  #nowMs = 0

  constructor(highlightMs: number, keepClosedMs?: number) {
    this.#highlightMs = highlightMs
    this.#keepClosedMs = keepClosedMs
  }

  /** Milliseconds that closed rows stay. */
  get keepClosedMs(): number {
    const keepMs = this.#keepClosedMs ?? this.#highlightMs
    return keepMs <= 0 ? 0 : keepMs + this.#lingerMs
  }

  get closedCount(): number {
    return this.#closed.reduce((sum, batch) => sum + batch.slots.length, 0)
  }

  /** Applies to the rows coloured now, too. */
  setHighlightMs(highlightMs: number): void {
    this.#highlightMs = highlightMs
  }

  /** Milliseconds that closed rows stay on top of their time. Applies to those on display, too. */
  setLingerMs(lingerMs: number): void {
    this.#lingerMs = lingerMs
  }

  of(slot: number): Highlight {
    return words[this.#codes[slot] ?? 0] ?? 'none'
  }

  isClosed(slot: number): boolean {
    return this.#codes[slot] === closedCode
  }

  /** A closed row that stays only a little longer, as of the last call that told the time. */
  isLeaving(slot: number): boolean {
    return this.isClosed(slot) && this.#nowMs - (this.#startedAt[slot] ?? 0) >= this.keepClosedMs * leavingShare
  }

  /** Slots of closed rows still on display, the oldest first. */
  *closedSlots(): Generator<number> {
    for (const batch of this.#closed) yield* batch.slots
  }

  /** Colours rows; does nothing when the colour would end at once. Slots must be below `capacity`. */
  mark(highlight: Exclude<Highlight, 'none'>, slots: readonly number[], nowMs: number, capacity: number): void {
    if (slots.length === 0 || (highlight === 'closed' ? this.keepClosedMs : this.#highlightMs) <= 0) return
    this.#codes = grown(this.#codes, capacity)
    this.#startedAt = grown(this.#startedAt, capacity)
    const code = words.indexOf(highlight)
    const batches = highlight === 'closed' ? this.#closed : this.#coloured
    batches.push({ startedAt: nowMs, slots: Int32Array.from(slots) })
    for (const slot of slots) {
      this.#codes[slot] = code
      this.#startedAt[slot] = nowMs
    }
  }

  expire(nowMs: number): Expired {
    this.#nowMs = nowMs
    if ((this.nextExpiryAt() ?? Number.POSITIVE_INFINITY) > nowMs) return none
    let faded = 0
    for (const { startedAt, slots } of takeOver(this.#coloured, nowMs - this.#highlightMs)) {
      for (const slot of slots) {
        // Coloured again, closed or given to another row since: a later batch has it.
        if (this.#codes[slot] === closedCode || this.#startedAt[slot] !== startedAt || this.#codes[slot] === 0) continue
        this.#codes[slot] = 0
        faded += 1
      }
    }
    const dropped: number[] = []
    for (const { slots } of takeOver(this.#closed, nowMs - this.keepClosedMs)) {
      for (const slot of slots) {
        this.#codes[slot] = 0
        dropped.push(slot)
      }
    }
    return { count: faded + dropped.length, dropped }
  }

  nextExpiryAt(): number | undefined {
    const ends = [this.#coloured[0], this.#closed[0]].flatMap((batch, index) =>
      batch === undefined ? [] : batch.startedAt + (index === 0 ? this.#highlightMs : this.keepClosedMs),
    )
    return ends.length === 0 ? undefined : Math.min(...ends)
  }

  clear(): void {
    this.#codes.fill(0)
    this.#coloured = []
    this.#closed = []
  }
}

/** Removes and returns the batches begun at `latestStart` or before. */
function takeOver(batches: Batch[], latestStart: number): Batch[] {
  const firstLasting = batches.findIndex((batch) => batch.startedAt > latestStart)
  return batches.splice(0, firstLasting === -1 ? batches.length : firstLasting)
}
