/** The file operations behind the settings. Failures come back as their reason in words. */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/** The real file has a few hundred bytes; anything near this size is not ours. */
const maximumFileBytes = 256 * 1024
/** Damaged files kept beside the good one; beyond that the last place is reused. */
const maximumSetAside = 9

/** `text` is absent when there is no file yet. */
export function readSettingsFile(file: string): { readonly text?: string; readonly error?: string } {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const about = fstatSync(descriptor)
    if (!about.isFile()) return { error: 'not a regular file' }
    if (about.size > maximumFileBytes) return { error: `larger than ${maximumFileBytes} bytes` }
    return { text: readFileSync(descriptor, 'utf8') }
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? {} : { error: reasonOf(error) }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Replaces the file as a whole: a reader sees the old text or the new, also after a power cut. Returns why it failed, if so. */
export function writeSettingsFile(file: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const target = linkedFile(file)
    const temporary = `${target}.${process.pid}.new`
    try {
      writeFileSync(temporary, text, { mode: 0o600, flush: true })
      renameSync(temporary, target)
    } catch (error) {
      rmSync(temporary, { force: true })
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
