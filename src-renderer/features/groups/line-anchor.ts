/**
 * Keeps the lines a person looks at where they are while others come, go and change places. Remembers what was on screen, and tells after
 * a change how far the lines must be scrolled for it to stay there.
 */
import type { GroupLines } from './group-lines.ts'

interface Seen {
  readonly key: string
  readonly index: number
}

export interface SeenLines {
  /** First line on screen and the one after the last. */
  readonly from: number
  readonly to: number
  /** Key of the line under the pointer, or of the one that the keyboard is on. Undefined for none. */
  readonly held: string | undefined
}

export class LineAnchor {
  #seen: readonly Seen[] = []
  #held: Seen | undefined

  /** To be called whenever lines were drawn or scrolled. */
  remember(lines: GroupLines<unknown>, { from, to, held }: SeenLines): void {
    const seen: Seen[] = []
    for (let index = from; index < Math.min(to, lines.count); index += 1) {
      const key = lines.at(index)?.key
      if (key !== undefined) seen.push({ key, index })
    }
    this.#seen = seen
    this.#held = seen.find(({ key }) => key === held)
  }

  /**
   * Lines by which to scroll down: what is held stays exactly where it was. Else most lines stay: when some come in above they all move
   * alike, and one that its own figures carry off does not drag the screen along. Whoever is at the top wants to see what comes in there.
   */
  shift(lines: GroupLines<unknown>): number {
    const held = this.#held === undefined ? undefined : moveOf(lines, this.#held)
    if (held !== undefined) return held
    if (this.#seen[0] === undefined || this.#seen[0].index === 0) return 0
    const moves = this.#seen.flatMap((seen) => moveOf(lines, seen) ?? []).toSorted((a, b) => a - b)
    return moves[moves.length >> 1] ?? 0
  }
}

function moveOf(lines: GroupLines<unknown>, { key, index }: Seen): number | undefined {
  // Most lines stay in place; looking there first spares a search through all.
  if (lines.at(index)?.key === key) return 0
  const now = lines.indexOf(key)
  return now === -1 ? undefined : now - index
}
