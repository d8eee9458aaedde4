/** Takes the text of a saved listing from a file or from standard input, never more than can be one, and never waiting for a FIFO. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { parseListing, type ListedConnection, type SkippedEntry } from './parse-listing.ts'

/** A hundred thousand connections take about 50 MB as indented JSON; what is larger is no listing of one machine. */
export const maximumListingBytes = 64 * 1024 * 1024
const chunkBytes = 64 * 1024
/** Opening a FIFO would wait for its other end, and a terminal would become ours. Windows has neither flag: undefined adds nothing. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** Why there is no listing. `unreadable`: `reason` is the system's code for it. */
export type ListingTrouble =
  | { readonly kind: 'missing' | 'no-file' | 'too-large' | 'no-listing' }
  | { readonly kind: 'unreadable'; readonly reason: string }

export type ReadListing =
  | { readonly ok: true; readonly connections: readonly ListedConnection[]; readonly skipped: readonly SkippedEntry[] }
  | { readonly ok: false; readonly trouble: ListingTrouble }

/** `file` is the path of a regular file. */
export function readListing(file: string): ReadListing {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, readFlags)
    if (!fstatSync(descriptor).isFile()) return failed({ kind: 'no-file' })
    return listingOf(readToEnd(descriptor))
  } catch (error) {
    const reason = codeOf(error)
    return failed(reason === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', reason })
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** What comes in is read to its end. */
export async function readListingStream(chunks: AsyncIterable<Buffer>): Promise<ReadListing> {
  try {
    return listingOf(await collect(chunks))
  } catch (error) {
    return failed({ kind: 'unreadable', reason: codeOf(error) })
  }
}

function listingOf(bytes: Buffer | undefined): ReadListing {
  if (bytes === undefined) return failed({ kind: 'too-large' })
  const listing = parseListing(decode(bytes))
  return listing.ok ? listing : failed({ kind: 'no-listing' })
}

async function collect(incoming: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maximumListingBytes) return undefined
  }
  return Buffer.concat(chunks, length)
}

function failed(trouble: ListingTrouble): ReadListing {
  return { ok: false, trouble }
}

/** Undefined when there is more than a listing can be. */
function readToEnd(descriptor: number): Buffer | undefined {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const read = readSync(descriptor, chunk, 0, chunkBytes, null)
    if (read === 0) return Buffer.concat(chunks, length)
    chunks.push(chunk.subarray(0, read))
    length += read
    if (length > maximumListingBytes) return undefined
  }
}

/** Windows PowerShell 5 writes what it redirects as UTF-16 with a mark; both decoders take their mark away. */
function decode(bytes: Buffer): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : String(error)
}
