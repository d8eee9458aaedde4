/** The file operations behind what is kept for this user. Failures come back as their reason in words, never with the file's content. */
import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { folderObjection } from './folder-objection.ts'

/** The real files have a few hundred bytes; anything near this size is not ours. */
const maximumFileBytes = 256 * 1024
/** Damaged files kept beside the good one; beyond that the last place is reused. */
const maximumSetAside = 9
/** Opening a FIFO would wait for its other end, and a terminal would become ours. Windows has neither flag: undefined adds nothing. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

export interface ReadFile {
  /** Absent when there is no file yet, or it was not read. */
  readonly text?: string
  /** What is there cannot be our file. */
  readonly error?: string
  /** The folder is not ours alone; the file was not looked at. */
  readonly objection?: string
}

/** Never waits, whatever lies in the file's place. */
export function readPrivateFile(file: string): ReadFile {
  let descriptor: number | undefined
  try {
    const objection = folderObjection(dirname(file))
    if (objection !== undefined) return { objection }
    descriptor = openSync(file, readFlags)
    if (!fstatSync(descriptor).isFile()) return { error: 'not a regular file' }
    const bytes = readAtMost(descriptor, maximumFileBytes + 1)
    return bytes.length > maximumFileBytes ? { error: `larger than ${maximumFileBytes} bytes` } : { text: bytes.toString('utf8') }
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? {} : { error: reasonOf(error) }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Replaces the file as a whole: a reader sees the old text or the new, also after a power cut. The new text is written under a name
 * that nobody can foresee and only where nothing is, so that no link is followed. Returns why it failed, if so.
 */
export function writePrivateFile(file: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const target = linkedFile(file)
    const objection = folderObjection(dirname(file)) ?? folderObjection(dirname(target))
    if (objection !== undefined) return objection
    const temporary = `${target}.${randomBytes(8).toString('hex')}.new`
    try {
      writeFileSync(temporary, text, { mode: 0o600, flush: true, flag: 'wx' })
      renameSync(temporary, target)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') rmSync(temporary, { force: true })
      throw error
    }
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}

/** Moves the file out of the way and returns its new name; undefined when even that is impossible. */
export function setAside(file: string): string | undefined {
  try {
    const taken = (index: number): boolean => exists(`${file}.damaged-${index}`)
    let index = 1
    while (index < maximumSetAside && taken(index)) index += 1
    const target = `${file}.damaged-${index}`
    renameSync(file, target)
    return basename(target)
  } catch {
    // Reading went well enough to see the damage; that the file cannot be moved shows again, with its reason, at the next save.
    return undefined
  }
}

function readAtMost(descriptor: number, count: number): Buffer {
  const bytes = Buffer.alloc(count)
  let length = 0
  for (;;) {
    const read = readSync(descriptor, bytes, length, count - length, null)
    length += read
    if (read === 0 || length === count) return bytes.subarray(0, length)
  }
}

/** Whoever keeps the file elsewhere and links to it keeps the link. */
function linkedFile(file: string): string {
  return exists(file) ? realpathSync(file) : file
}

function exists(file: string): boolean {
  try {
    realpathSync(file)
    return true
  } catch {
    // Absent or not reachable: either way nothing to keep.
    return false
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function reasonOf(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.message : String(error))
}
