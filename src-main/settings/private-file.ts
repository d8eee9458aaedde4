/** The file operations behind what is kept for this user. Failures come back as their reason in words, never with the file's content. */
import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { maximumSettingsBytes } from '../../src-shared/model/settings.ts'
import { folderObjection } from './folder-objection.ts'

/** Of the largest file of ours; what is larger is none. */
const maximumFileBytes = maximumSettingsBytes
/** As many as tell apart what one person ever has set aside. */
const setAsideNameBytes = 4
const tooLarge = `larger than ${maximumFileBytes} bytes`
/** There is no such file, or no such folder. */
const absence: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR'])
/** Opening a FIFO would wait for its other end, and a terminal would become ours. Windows has neither flag: undefined adds nothing. */
const readFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

export interface ReadFile {
  /** Absent when there is no file yet, or it was not read. */
  readonly text?: string
  /** What is there cannot be our file. */
  readonly error?: string
  /** Why it could not be read although it may be our file: rights, a failing disk, too many open files. */
  readonly unreadable?: string
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
    return bytes.length > maximumFileBytes ? { error: tooLarge } : { text: bytes.toString('utf8') }
  } catch (error) {
    return absence.has(errorCode(error)) ? {} : { unreadable: reasonOf(error) }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Replaces the file as a whole: a reader sees the old text or the new, also after a power cut. The new text is written under a name
 * that nobody can foresee and only where nothing is, so that no link is followed. Returns why it failed, if so.
 */
export function writePrivateFile(file: string, text: string): string | undefined {
  if (Buffer.byteLength(text) > maximumFileBytes) return tooLarge // it could not be read again
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

export type SetAside = { readonly name: string } | { readonly reason: string }

/** Moves the file out of the way, to a name of its own: the new name, or why it stays. */
export function setAside(file: string): SetAside {
  try {
    const target = `${file}.damaged-${randomBytes(setAsideNameBytes).toString('hex')}`
    renameSync(file, target)
    return { name: basename(target) }
  } catch (error) {
    return { reason: reasonOf(error) }
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
