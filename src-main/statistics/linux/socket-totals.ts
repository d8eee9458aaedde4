/** /proc/net/sockstat and what belongs to its figures (proc_net(5), Documentation/networking/ip-sysctl.rst). */
import { endianness } from 'node:os'
import { readProcFile, type FileRead } from '../../native/linux/proc-files.ts'
import { parseSettingValues } from './linux-settings.ts'

export interface LinuxSocketTotals {
  /** Connections that no process holds any more; of the whole machine, whatever the network namespace. */
  readonly orphans?: number
  /** TIME_WAIT, and FIN_WAIT_2 that no process holds. */
  readonly timeWait?: number
  /** Bytes, and from where on the kernel saves memory; of the whole machine. */
  readonly tcpMemory?: { readonly used: number; readonly limit?: number }
}

/** AT_PAGESZ of include/uapi/linux/auxvec.h. */
const AT_PAGESZ = 6
const auxiliaryEntryBytes = 16

export class LinuxSocketTotalsReader {
  readonly #readFile: (path: string) => FileRead
  /** Bytes; 4 KiB on most machines, 16 or 64 KiB on some of ARM and POWER. */
  readonly #pageBytes: number | undefined

  constructor(readFile: (path: string) => FileRead = readProcFile) {
    this.#readFile = readFile
    const auxiliary = readFile('self/auxv')
    this.#pageBytes = auxiliary.ok ? parsePageBytes(auxiliary.bytes) : undefined
  }

  read(): LinuxSocketTotals {
    const { orphans, timeWait, memoryPages } = parseSockstat(this.#text('net/sockstat'))
    const used = this.#bytes(memoryPages)
    // "min pressure max", in pages.
    const limit = this.#bytes(parseSettingValues(this.#text('sys/net/ipv4/tcp_mem'))?.[1])
    return {
      ...(orphans === undefined ? {} : { orphans }),
      ...(timeWait === undefined ? {} : { timeWait }),
      ...(used === undefined ? {} : { tcpMemory: limit === undefined ? { used } : { used, limit } }),
    }
  }

  #text(path: string): string {
    const read = this.#readFile(path)
    return read.ok ? Buffer.from(read.bytes).toString('latin1') : ''
  }

  #bytes(pages: number | undefined): number | undefined {
    return pages === undefined || this.#pageBytes === undefined ? undefined : pages * this.#pageBytes
  }
}

/** "TCP: inuse 2 orphan 3 tw 2 alloc 5 mem 26" */
export function parseSockstat(text: string): { orphans?: number; timeWait?: number; memoryPages?: number } {
  const line = /^TCP: (.*)$/mu.exec(text)?.[1] ?? ''
  const told = (name: string): number | undefined => {
    const value = new RegExp(`(?:^| )${name} (\\d{1,15})(?: |$)`, 'u').exec(line)?.[1]
    return value === undefined ? undefined : Number(value)
  }
  const [orphans, timeWait, memoryPages] = [told('orphan'), told('tw'), told('mem')]
  return {
    ...(orphans === undefined ? {} : { orphans }),
    ...(timeWait === undefined ? {} : { timeWait }),
    ...(memoryPages === undefined ? {} : { memoryPages }),
  }
}

/** The size of a page from the auxiliary vector: pairs of 64-bit words in the machine's order. Undefined when it makes no sense. */
export function parsePageBytes(bytes: Uint8Array, littleEndian = endianness() === 'LE'): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + auxiliaryEntryBytes <= view.byteLength; at += auxiliaryEntryBytes) {
    if (view.getBigUint64(at, littleEndian) !== BigInt(AT_PAGESZ)) continue
    const size = Number(view.getBigUint64(at + 8, littleEndian))
    return Number.isSafeInteger(size) && size >= 4096 && size <= 1_048_576 ? size : undefined
  }
  return undefined
}
