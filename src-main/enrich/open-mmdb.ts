/** Opens a file that somebody calls an .mmdb file, whatever it is, off the engine's thread. */
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { hasMmdbMark, metadataBytes, parseMmdb, type MmdbFile } from './mmdb-file.ts'

export interface OpenedMmdb {
  /** Changes when the file does. Absent when it could not be looked at. */
  readonly mark?: string
  /** Held in memory. */
  readonly byteLength: number
  readonly file?: MmdbFile
  readonly problem?: 'unreadable' | 'too-large' | 'damaged'
}

/** Opening a FIFO would wait for its other end, and a terminal would become ours. Windows has neither flag: undefined adds nothing. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** `known`: what an earlier opening gave; it is handed back when the file is still the same. `room`: bytes that may be held. */
export async function openMmdb(path: string, room: number, known?: OpenedMmdb): Promise<OpenedMmdb> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, readFlags)
    const facts = await handle.stat({ bigint: true })
    if (!facts.isFile()) return { byteLength: 0, problem: 'unreadable' }
    const mark = [facts.dev, facts.ino, facts.size, facts.mtimeNs].join(':')
    if (facts.size > BigInt(room)) return { mark, byteLength: 0, problem: 'too-large' }
    if (known?.mark === mark && known.problem !== 'too-large' && known.problem !== 'unreadable') return known
    const size = Number(facts.size)
    const tail = await readAtMost(handle, Math.max(0, size - metadataBytes), metadataBytes)
    if (!hasMmdbMark(tail)) return { mark, byteLength: 0, problem: 'damaged' } // whatever it is, it need not be read whole
    const bytes = await readAtMost(handle, 0, size)
    const parsed = parseMmdb(bytes)
    return parsed.ok ? { mark, byteLength: bytes.length, file: parsed.file } : { mark, byteLength: 0, problem: parsed.problem }
  } catch {
    return { byteLength: 0, problem: 'unreadable' } // the caller tells which file; people mend that by its rights
  } finally {
    await handle?.close().catch(() => {}) // nothing was written: nothing is lost
  }
}

/** No more than it had when it was looked at: files of the kernel have no size and no end. */
async function readAtMost(handle: FileHandle, from: number, count: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(count)
  let length = 0
  while (length < count) {
    const { bytesRead } = await handle.read(bytes, length, count - length, from + length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}
