/** A short text that a person wrote into a file or sends through standard input. */
import { open, type FileHandle } from 'node:fs/promises'
import { constants } from 'node:fs'

export type TextInput =
  | { readonly ok: true; readonly text: string }
  /** `missing`: there is no such file. `no-file`: a folder, a device or the like. Else the system's word for what went wrong. */
  | { readonly ok: false; readonly trouble: 'missing' | 'no-file' | 'too-large' }
  | { readonly ok: false; readonly trouble: 'unreadable'; readonly reason: string }

/** Opening a FIFO would wait for its other end, and a terminal would become ours. Windows has neither flag: undefined adds nothing. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** Never reads more than `mostBytes` and one more; never waits for anything but standard input. */
export async function readTextInput(from: string | AsyncIterable<Buffer>, mostBytes: number): Promise<TextInput> {
  try {
    const bytes = typeof from === 'string' ? await readFileOf(from, mostBytes) : await collect(from, mostBytes)
    return typeof bytes === 'string' ? { ok: false, trouble: bytes } : { ok: true, text: bytes.toString('utf8') }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    return reason === 'ENOENT' ? { ok: false, trouble: 'missing' } : { ok: false, trouble: 'unreadable', reason }
  }
}

async function readFileOf(file: string, mostBytes: number): Promise<Buffer | 'no-file' | 'too-large'> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, readFlags)
    if (!(await handle.stat()).isFile()) return 'no-file'
    const bytes = Buffer.alloc(mostBytes + 1)
    let length = 0
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length)
      length += bytesRead
      if (bytesRead === 0 || length === bytes.length) break
    }
    return length > mostBytes ? 'too-large' : bytes.subarray(0, length)
  } finally {
    await handle?.close()
  }
}

async function collect(incoming: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming) {
    chunks.push(chunk)
    length += chunk.length
    if (length > mostBytes) return 'too-large'
  }
  return Buffer.concat(chunks, length)
}
