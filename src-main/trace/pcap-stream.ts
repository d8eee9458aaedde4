/**
 * The classic capture format as it streams out of a tool (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of 16 bytes
 * and the captured bytes. Either byte order, micro- and nanoseconds. Total: whatever comes in, records and at most one problem come out.
 */

export interface PcapRecord {
  /** Unix milliseconds with a fraction. */
  readonly atMs: number
  /** Bytes the packet had on the wire; the captured ones may be fewer. */
  readonly wireLength: number
  /** Valid during the call only. */
  readonly bytes: Uint8Array
}

export type PcapProblem = 'no-pcap' | 'record-too-long'

const fileHeaderBytes = 24
const recordHeaderBytes = 16
/** More than any snapshot length Sockscope asks for; a longer record is a broken stream. */
const longestRecordBytes = 65_536
const unitsPerMs: Readonly<Record<number, number>> = { 0xa1b2c3d4: 1000, 0xa1b23c4d: 1_000_000 }

export class PcapStream {
  #held: Uint8Array<ArrayBuffer> = new Uint8Array()
  #littleEndian = true
  #unitsPerMs = 0
  #linkType: number | undefined
  #problem: PcapProblem | undefined

  /** LINKTYPE number; undefined before the file header came. */
  get linkType(): number | undefined {
    return this.#linkType
  }

  /** Set once; nothing is read after it. */
  get problem(): PcapProblem | undefined {
    return this.#problem
  }

  /** Takes bytes in pieces of any size and hands on every record that is whole. */
  push(chunk: Uint8Array, onRecord: (record: PcapRecord) => void): void {
    if (this.#problem !== undefined) return
    const bytes = this.#joined(chunk)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = this.#linkType === undefined ? this.#readFileHeader(view) : 0
    while (this.#linkType !== undefined && bytes.length - at >= recordHeaderBytes) {
      const length = view.getUint32(at + 8, this.#littleEndian)
      if (length > longestRecordBytes) {
        this.#fail('record-too-long')
        return
      }
      const end = at + recordHeaderBytes + length
      if (end > bytes.length) break
      const atMs = view.getUint32(at, this.#littleEndian) * 1000 + view.getUint32(at + 4, this.#littleEndian) / this.#unitsPerMs
      onRecord({ atMs, wireLength: view.getUint32(at + 12, this.#littleEndian), bytes: bytes.subarray(at + recordHeaderBytes, end) })
      at = end
    }
    this.#held = this.#problem === undefined ? bytes.slice(at) : new Uint8Array()
  }

  #joined(chunk: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return chunk
    const joined = new Uint8Array(this.#held.length + chunk.length)
    joined.set(this.#held)
    joined.set(chunk, this.#held.length)
    return joined
  }

  /** Returns where the records begin; 0 while the header is not whole. */
  #readFileHeader(view: DataView): number {
    if (view.byteLength < fileHeaderBytes) return 0
    this.#littleEndian = unitsPerMs[view.getUint32(0, true)] !== undefined
    const units = unitsPerMs[view.getUint32(0, this.#littleEndian)]
    if (units === undefined) {
      this.#fail('no-pcap')
      return 0
    }
    this.#unitsPerMs = units
    // The upper bits tell about frame check sequences.
    this.#linkType = view.getUint32(20, this.#littleEndian) & 0xffff
    return fileHeaderBytes
  }

  #fail(problem: PcapProblem): void {
    this.#problem = problem
    this.#held = new Uint8Array()
  }
}
