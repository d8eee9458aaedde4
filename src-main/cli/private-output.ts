/** Files that a command writes where the person says: for this user alone, and never over something by accident. */
import { randomBytes } from 'node:crypto'
import { lstat, rename, rm, writeFile } from 'node:fs/promises'

/** A link that leads nowhere is there too. */
export async function fileExists(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch {
    // Not there, or its folder cannot be looked into, which writing will tell.
    return false
  }
}

/** Returns why it failed, if so. Replacing puts a new file in the place of the old one: a link is not followed, a reader sees one or the other. */
export async function writePrivateFile(
  file: string,
  bytes: Uint8Array,
  { replace }: { readonly replace: boolean },
): Promise<string | undefined> {
  const target = replace ? `${file}.${randomBytes(8).toString('hex')}.new` : file
  try {
    await writeFile(target, bytes, { mode: 0o600, flag: 'wx' })
    if (replace) await rename(target, file)
    return undefined
  } catch (error) {
    if (replace) await rm(target, { force: true })
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}
