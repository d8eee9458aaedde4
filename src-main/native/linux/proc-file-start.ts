/**
 * The beginning of a file of /proc, read on another thread. `cmdline` is memory of the process itself: one whose memory lies on a file
 * system that does not answer holds up whoever reads it, so that must never be the engine.
 */
import { open, type FileHandle } from 'node:fs/promises'

/** Undefined when the file cannot be read. At most `maximumBytes`. */
export async function readProcStart(path: string, maximumBytes: number): Promise<Uint8Array | undefined> {
  let file: FileHandle | undefined
  try {
    file = await open(`/proc/${path}`)
    return await readStart(file, Buffer.alloc(maximumBytes))
  } catch {
    // Not permitted, or the process has ended: unknown to the caller either way.
    return undefined
  } finally {
    await file?.close()
  }
}

async function readStart(file: FileHandle, bytes: Buffer): Promise<Uint8Array> {
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}
