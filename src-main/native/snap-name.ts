/**
 * Programs that come as snaps see no hidden folder of the home, only their own below `~/snap` (snapcraft.io, interface "home"). What
 * stands in PATH is `/snap/bin/NAME`, a link to it, or a script of the distribution that runs it.
 */
import { closeSync, openSync, readlinkSync, readSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** As many as the kernel follows. */
const maximumLinks = 40
/** The scripts have a few dozen lines. */
const scriptBytes = 8 * 1024
const snapCommand = /(?:^|[\s"'=])\/snap\/(?:bin\/)?([a-z0-9][a-z0-9-]*)/

/** The snap that `file` belongs to; undefined when it is no snap's, as far as one can see. `file` is an absolute path. */
export function snapNameOf(file: string): string | undefined {
  let at = file
  for (let links = 0; links < maximumLinks; links += 1) {
    const name = snapCommand.exec(at)?.[1]
    if (name !== undefined) return name // looked at before its link is followed: that leads to /usr/bin/snap for all of them
    const next = linkTarget(at)
    if (next === undefined) return snapCommand.exec(scriptText(at))?.[1]
    at = resolve(dirname(at), next)
  }
  return undefined
}

function linkTarget(file: string): string | undefined {
  try {
    return readlinkSync(file)
  } catch {
    // Not a link, or not there.
    return undefined
  }
}

function scriptText(file: string): string {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const bytes = Buffer.alloc(scriptBytes)
    const text = bytes.toString('latin1', 0, readSync(descriptor, bytes))
    return text.startsWith('#!') ? text : ''
  } catch {
    // A program that may be run but not read is no script.
    return ''
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
