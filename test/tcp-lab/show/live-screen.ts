/** Lines that stay, and below them a part that is drawn anew: in place on a terminal, elsewhere only when it says something new. */
import type { OutputStream } from '../../../src-main/cli/environment.ts'

const upAndClear = (lines: number): string => `\u001b[${lines}F\u001b[J`
/** Lines that are too long are cut off by the terminal instead of taking a second one (DECAWM). */
const withoutWrapping = (text: string): string => `\u001b[?7l${text}\u001b[?7h`

export class LiveScreen {
  readonly #stream: OutputStream
  readonly #height: () => number
  #drawn = 0
  #lastNews: string | undefined

  /** `height` is that of the terminal, in lines. */
  constructor(stream: OutputStream, height: () => number) {
    this.#stream = stream
    this.#height = height
  }

  /** Lines that stay. */
  note(...lines: readonly string[]): void {
    this.#clear()
    this.#write(lines)
  }

  /** `news` differs from the last one when the lines say more than that time goes by. */
  draw(lines: readonly string[], news: string): void {
    if (this.#stream.isTerminal) {
      // What has left the screen at its top could not be drawn over.
      const visible = lines.slice(0, this.#height() - 1)
      this.#clear()
      this.#drawn = visible.length
      this.#stream.write(withoutWrapping(visible.map((line) => `${line}\n`).join('')))
      return
    }
    if (news === this.#lastNews) return
    this.#lastNews = news
    this.#write(lines)
  }

  #clear(): void {
    if (this.#drawn > 0) this.#stream.write(upAndClear(this.#drawn))
    this.#drawn = 0
  }

  #write(lines: readonly string[]): void {
    this.#stream.write(lines.map((line) => `${line}\n`).join(''))
  }
}
