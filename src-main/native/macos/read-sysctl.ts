/** Reads sysctl values of unknown and changing size into one kept buffer. */
import { getSystemErrorName } from 'node:util'
import type { MacApi } from './lib-system.ts'

export type SysctlAnswer = { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly reason: string }

const ENOMEM = 12
const initialBytes = 256 * 1024
/** Room for what appears between asking for the size and reading. */
const slackBytes = 64 * 1024
/** A table that outgrows its buffer this often in a row is not going to fit. */
const attempts = 8
/** 64 times what a machine with 40,000 sockets answers; more than that is no answer. */
const largestBytes = 1024 * 1024 * 1024

export class SysctlReader {
  readonly #api: MacApi
  #buffer: Uint8Array<ArrayBuffer>

  constructor(api: MacApi, firstBytes: number = initialBytes) {
    this.#api = api
    this.#buffer = new Uint8Array(firstBytes)
  }

  /** The value under a name. The bytes are valid until the next reading. */
  readName(name: string): SysctlAnswer {
    return this.#read(name, (old, size) => this.#api.sysctlbyname(name, old, size, null, 0))
  }

  /** The value under a path of numbers. */
  readPath(path: readonly number[]): SysctlAnswer {
    const mib = new Uint8Array(Int32Array.from(path).buffer)
    return this.#read(path.join('.'), (old, size) => this.#api.sysctl(mib, path.length, old, size, null, 0))
  }

  #read(name: string, ask: (old: Uint8Array | null, size: Uint8Array) => number): SysctlAnswer {
    const size = new BigUint64Array(1)
    const sizeBytes = new Uint8Array(size.buffer)
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      size[0] = BigInt(this.#buffer.length)
      if (ask(this.#buffer, sizeBytes) === 0) {
        const length = Number(size[0])
        if (length > this.#buffer.length) return { ok: false, reason: `${name}: answered more bytes than fit` }
        return { ok: true, bytes: this.#buffer.subarray(0, length) }
      }
      const error = this.#api.errno()
      if (error !== ENOMEM) return { ok: false, reason: `${name}: ${errnoText(error)}` }
      size[0] = 0n
      if (ask(null, sizeBytes) !== 0) return { ok: false, reason: `${name}: ${errnoText(this.#api.errno())}` }
      const needed = Math.max(Number(size[0]), this.#buffer.length) + slackBytes
      if (needed > largestBytes) break
      this.#buffer = new Uint8Array(needed)
    }
    return { ok: false, reason: `${name}: outgrew every buffer` }
  }
}

/** The name of an errno of the system this runs on, such as EPERM. */
export function errnoText(errno: number): string {
  return errno > 0 ? getSystemErrorName(-errno) : `errno ${errno}`
}
