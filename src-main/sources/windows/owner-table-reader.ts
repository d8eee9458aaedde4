/** Asks for one owner table into a buffer that is kept from look to look and grows when the table did. */
import { ERROR_INSUFFICIENT_BUFFER } from '../../native/windows/error-names.ts'
import type { IpHelper } from '../../native/windows/ip-helper.ts'
import type { TableBytes } from './decode-owner-tables.ts'
import type { OwnerTableLayout } from './owner-table-layouts.ts'

const AF_INET = 2
const AF_INET6 = 23
/** Connections that open between the two calls must fit as well. */
const headroomBytes = 16 * 1024
/** A machine on which the table grows faster than it can be read; the look is given up and repeated later. */
const attempts = 8
/** 400,000 rows of the widest table; a size beyond this is no size. */
const largestTableBytes = 80 * 1024 * 1024

export type TableAnswer = TableBytes | { readonly error: number }

export class OwnerTableReader {
  readonly #api: IpHelper
  readonly #size = Buffer.alloc(4)
  #bytes: Buffer
  #view: DataView

  constructor(api: IpHelper, firstBytes = headroomBytes) {
    this.#api = api
    this.#bytes = Buffer.alloc(firstBytes)
    this.#view = viewOf(this.#bytes)
  }

  /** The bytes are valid until the next read. Errors are Win32 errors. */
  read({ protocol, family, tableClass }: OwnerTableLayout): TableAnswer {
    const name = protocol === 'tcp' ? 'GetExtendedTcpTable' : 'GetExtendedUdpTable'
    let error = ERROR_INSUFFICIENT_BUFFER
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      this.#size.writeUInt32LE(this.#bytes.length)
      error = this.#api[name](this.#bytes, this.#size, 0, family === 4 ? AF_INET : AF_INET6, tableClass, 0)
      if (error === 0) return { view: this.#view, length: this.#bytes.length }
      if (error !== ERROR_INSUFFICIENT_BUFFER) return { error }
      const needed = this.#size.readUInt32LE() + headroomBytes
      if (needed > largestTableBytes) return { error }
      this.#bytes = Buffer.alloc(needed)
      this.#view = viewOf(this.#bytes)
    }
    return { error }
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
