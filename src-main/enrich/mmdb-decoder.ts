/**
 * Values of the MaxMind DB format 2.0 (section "Data Section"), as little of them as is wanted. Values may point to others, so a file of a
 * few hundred bytes can describe more values than memory holds: each reading has a budget, and what goes beyond it is damage.
 */

/** Records of the usual files have up to 300 values, all languages of all names included. */
const maximumValues = 2000
/** The usual files go four deep. */
const maximumDepth = 16
/** Far more than is ever shown of a text. */
const maximumTextBytes = 1024

export type MmdbValue = string | number | { readonly [key: string]: MmdbValue }

export class MmdbDamage extends Error {}

const types = { extended: 0, pointer: 1, text: 2, double: 3, bytes: 4, map: 7, int32: 8, uint128: 10, array: 11, boolean: 14, float: 15 }
/** uint16, uint32 and uint64: big-endian, leading zero bytes left out. */
const unsigned: ReadonlySet<number> = new Set([5, 6, 9])
/** Their size is the value, or how many values follow. */
const withoutPayload: ReadonlySet<number> = new Set([types.map, types.array, types.boolean])

interface Head {
  readonly type: number
  /** Bytes of the payload, pairs of a map, items of an array; for a pointer where it points. */
  readonly size: number
  /** Where the payload begins. */
  readonly at: number
}

/** `start`: where the section begins, to which pointers are relative. `at`: of the value. Throws `MmdbDamage`. */
export function decodeMmdb(bytes: Buffer, start: number, at: number, wanted: ReadonlySet<string>): MmdbValue | undefined {
  return new Decoding(bytes, start, wanted).value(at, 0).value
}

class Decoding {
  readonly #bytes: Buffer
  readonly #start: number
  readonly #wanted: ReadonlySet<string>
  #values = 0

  constructor(bytes: Buffer, start: number, wanted: ReadonlySet<string>) {
    this.#bytes = bytes
    this.#start = start
    this.#wanted = wanted
  }

  /** `value` is undefined for kinds that are never wanted; `next` is where the following value begins. */
  value(at: number, depth: number): { readonly value: MmdbValue | undefined; readonly next: number } {
    const head = this.#head(at, depth)
    if (head.type === types.pointer) {
      if (this.#head(head.size, depth).type === types.pointer) throw new MmdbDamage('a pointer to a pointer')
      return { value: this.value(head.size, depth + 1).value, next: head.at }
    }
    if (head.type === types.map) return this.#map(head, depth)
    const next = this.#skipFrom(head, depth)
    if (head.type === types.text) return { value: this.#text(head), next }
    return { value: unsigned.has(head.type) ? this.#number(head) : undefined, next }
  }

  #map({ size, at }: Head, depth: number): { readonly value: MmdbValue; readonly next: number } {
    const fields: Record<string, MmdbValue> = {}
    let next = at
    for (let pair = 0; pair < size; pair += 1) {
      const key = this.value(next, depth + 1)
      if (typeof key.value === 'string' && this.#wanted.has(key.value)) {
        const field = this.value(key.next, depth + 1)
        if (field.value !== undefined) fields[key.value] = field.value
        next = field.next
      } else next = this.#skipFrom(this.#head(key.next, depth + 1), depth + 1)
    }
    return { value: fields, next }
  }

  /** Follows no pointer. */
  #skipFrom({ type, size, at }: Head, depth: number): number {
    if (type === types.pointer || type === types.boolean) return at
    if (!withoutPayload.has(type)) return this.#inside(at + size)
    let next = at
    const values = type === types.map ? size * 2 : size
    for (let index = 0; index < values; index += 1) next = this.#skipFrom(this.#head(next, depth + 1), depth + 1)
    return next
  }

  #head(at: number, depth: number): Head {
    this.#values += 1
    if (this.#values > maximumValues || depth > maximumDepth) throw new MmdbDamage('more values than any record has')
    const control = this.#byte(at)
    const type = control >> 5
    if (type === types.pointer) return this.#pointer(control, at + 1)
    const isExtended = type === types.extended
    const after = at + (isExtended ? 2 : 1)
    const short = control & 31
    // 29, 30 and 31 stand for one, two and three more bytes of size.
    const more = Math.max(0, short - 28)
    const base = [0, 29, 285, 65_821][more] ?? 0
    const size = more === 0 ? short : base + this.#unsigned(after, more)
    return { type: isExtended ? this.#byte(at + 1) + 7 : type, size, at: after + more }
  }

  #pointer(control: number, at: number): Head {
    const more = ((control >> 3) & 3) + 1
    const high = more === 4 ? 0 : (control & 7) * 256 ** more
    const base = [0, 2048, 526_336, 0][more - 1] ?? 0
    return { type: types.pointer, size: this.#start + high + base + this.#unsigned(at, more), at: at + more }
  }

  #text({ at, size }: Head): string {
    return this.#bytes.toString('utf8', at, at + Math.min(size, maximumTextBytes))
  }

  #number({ at, size }: Head): number {
    if (size > 8) throw new MmdbDamage('a number that is too long')
    return this.#unsigned(at, size)
  }

  #unsigned(at: number, count: number): number {
    let value = 0
    for (let index = 0; index < count; index += 1) value = value * 256 + this.#byte(at + index)
    return value
  }

  #byte(at: number): number {
    const byte = this.#bytes[at]
    if (byte === undefined) throw new MmdbDamage('beyond the end')
    return byte
  }

  #inside(at: number): number {
    if (at > this.#bytes.length) throw new MmdbDamage('beyond the end')
    return at
  }
}
