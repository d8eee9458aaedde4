import { STATUS_INFO_LENGTH_MISMATCH } from '../../native/windows/error-names.ts'
import type { ProcessCalls } from '../../native/windows/process-calls.ts'
import { decodeProcessList, type ListedProcess } from './decode-process-list.ts'

const SystemProcessInformation = 5
const firstBytes = 256 * 1024
/** Processes and threads start between two calls. */
const headroomBytes = 64 * 1024
const attempts = 8
/** 100,000 processes with a dozen threads each; a size beyond this is no size. */
const largestListBytes = 256 * 1024 * 1024

/** Reads all processes of the machine at once, those of other accounts included, without opening any. */
export class ProcessListReader {
  readonly #api: ProcessCalls
  readonly #returned = Buffer.alloc(4)
  #bytes = Buffer.alloc(0)

  constructor(api: ProcessCalls) {
    this.#api = api
  }

  /** The processes, or the NTSTATUS of the refusal. */
  read(): readonly ListedProcess[] | { readonly status: number } {
    if (this.#bytes.length === 0) this.#bytes = Buffer.alloc(firstBytes)
    let status = STATUS_INFO_LENGTH_MISMATCH
    for (let attempt = 0; attempt < attempts && status === STATUS_INFO_LENGTH_MISMATCH; attempt += 1) {
      status = this.#api.NtQuerySystemInformation(SystemProcessInformation, this.#bytes, this.#bytes.length, this.#returned) >>> 0
      const told = this.#returned.readUInt32LE()
      if (status === 0) return decodeProcessList(this.#bytes.subarray(0, told), this.#api.addressOf(this.#bytes))
      if (status !== STATUS_INFO_LENGTH_MISMATCH || told > largestListBytes) return { status }
      this.#bytes = Buffer.alloc(Math.max(told, this.#bytes.length) + headroomBytes)
    }
    return { status }
  }
}
