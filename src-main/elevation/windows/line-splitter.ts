/** Cuts a stream of bytes into lines. A line beyond the limit is a fault of the other side; nothing after it is read. */

/** A request about 2,000 connections is about 300 KB. */
export const longestLineBytes = 1024 * 1024

export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0)
  overrun = false

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): string[] {
    if (this.overrun) return []
    this.#rest = Buffer.concat([this.#rest, chunk])
    const lines: string[] = []
    for (let end = this.#rest.indexOf(10); end >= 0; end = this.#rest.indexOf(10)) {
      if (end > longestLineBytes) break
      lines.push(this.#rest.toString('utf8', 0, end))
      this.#rest = this.#rest.subarray(end + 1)
    }
    if (this.#rest.length <= longestLineBytes) return lines
    this.overrun = true
    this.#rest = Buffer.alloc(0)
    return lines
  }
}
