/**
 * Open descriptors of processes, through /proc/PID/fd (proc_pid_fd(5)). A directory handle stays bound to the process it was opened
 * for: when that ends, every read through it fails, even if the pid is given to another process. So no start time has to be
 * compared on each look.
 */
import { fstatSync, statSync } from 'node:fs'
import { EACCES, EPERM } from './errno-names.ts'
import { errno, libc } from './libc.ts'

const O_RDONLY = 0
const O_DIRECTORY = 0o200000
const O_CLOEXEC = 0o2000000

const AT_NO_AUTOMOUNT = 0x800
const AT_STATX_DONT_SYNC = 0x4000
const STATX_NLINK = 4
const statxBytes = 256
/** Word of stx_nlink in struct statx (linux/stat.h). */
const linksAt = 4
const executablePath = Buffer.from('../exe\0')

/** Answers of `readSocketInode` that are not an inode. Inodes start at 1. */
export const notASocket = 0
export const noSuchDescriptor = -1
export const descriptorDenied = -2

const name = new Uint8Array(16)
const digits = new Uint8Array(16)
const target = new Uint8Array(new ArrayBuffer(64))
const targetWords = new Uint32Array(target.buffer)
const linkStart = Buffer.from('socket:[')
const firstWord = linkStart.readUInt32LE(0)
const secondWord = linkStart.readUInt32LE(4)
const inodeAt = 8
const entries = new Uint8Array(new ArrayBuffer(1 << 16))
const entryHalves = new Uint16Array(entries.buffer)
const fileBytes = Buffer.alloc(8192)

/** A handle on /proc/PID/fd, or the errno. */
export function openDescriptorDirectory(pid: number): { readonly handle: number } | { readonly errno: number } {
  const handle = libc().open(`/proc/${pid}/fd`, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  return handle < 0 ? { errno: errno() } : { handle }
}

export function closeDescriptorDirectory(handle: number): void {
  libc().close(handle)
}

/** How many descriptors are open; 0 on kernels before 6.2, which do not tell; undefined when the process is gone. */
export function countDescriptors(handle: number): number | undefined {
  try {
    return fstatSync(handle).size
  } catch {
    // ENOENT: the process this handle was opened for has ended.
    return undefined
  }
}

/**
 * The same without a handle, for a look at any process: the directory's size may be asked for where it may not be opened. Undefined
 * when there is no such process.
 */
export function countDescriptorsOf(pid: number): number | undefined {
  return statSync(`/proc/${pid}/fd`, { throwIfNoEntry: false })?.size
}

/** Whether the process still exists that the handle was opened for: what `countDescriptors` does not notice before Linux 6.2. */
export function isHandleAlive(handle: number): boolean {
  const opened = libc().openat(handle, '../stat', O_RDONLY | O_CLOEXEC)
  if (opened < 0) return false
  libc().close(opened)
  return true
}

/** The inode of the socket behind a descriptor, or one of the three answers above. */
export function readSocketInode(handle: number, descriptor: number): number {
  writeName(descriptor)
  const length = libc().readlinkat(handle, name, target, target.length)
  if (length < 0) {
    const error = errno()
    return error === EACCES || error === EPERM ? descriptorDenied : noSuchDescriptor
  }
  if (length <= inodeAt + 1 || targetWords[0] !== firstWord || targetWords[1] !== secondWord) return notASocket
  let inode = 0
  for (let at = inodeAt; at < length - 1; at += 1) inode = inode * 10 + (target[at] as number) - 48
  return inode >>> 0
}

/** The numbers of all open descriptors, or of about `most`; undefined when the process is gone or may not be looked at. */
export function listDescriptors(pid: number, most = Number.POSITIVE_INFINITY): number[] | undefined {
  const opened = openDescriptorDirectory(pid)
  if ('errno' in opened) return undefined
  const found: number[] = []
  while (found.length < most) {
    const length = libc().getdents64(opened.handle, entries, entries.length)
    if (length <= 0) break
    readEntries(length, found)
  }
  closeDescriptorDirectory(opened.handle)
  return found
}

/** A file beside the descriptor directory (stat, status, cmdline …) of the very process the handle belongs to. */
export function readBesideDescriptors(handle: number, file: string): string | undefined {
  const opened = libc().openat(handle, `../${file}`, O_RDONLY | O_CLOEXEC)
  if (opened < 0) return undefined
  const length = libc().read(opened, fileBytes, fileBytes.length)
  libc().close(opened)
  return length < 0 ? undefined : fileBytes.toString('utf8', 0, length)
}

/** Target of a link beside the descriptor directory, such as `exe`. */
export function readLinkBesideDescriptors(handle: number, link: string): string | undefined {
  const length = libc().readlinkat(handle, Buffer.from(`../${link}\0`), fileBytes, fileBytes.length)
  return length < 0 ? undefined : fileBytes.toString('utf8', 0, length)
}

/**
 * True when no name leads to the program a process runs any more; undefined when that is not known. The answer is taken from what the
 * kernel has in memory (AT_STATX_DONT_SYNC): a file system that hangs must not hold us up.
 */
export function isExecutableUnlinked(handle: number): boolean | undefined {
  const result = new Uint32Array(statxBytes / 4)
  if (!libc().statx(handle, executablePath, AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC, STATX_NLINK, new Uint8Array(result.buffer)))
    return undefined
  return ((result[0] as number) & STATX_NLINK) === 0 ? undefined : result[linksAt] === 0
}

/** struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name. */
function readEntries(length: number, found: number[]): void {
  for (let offset = 0; offset + 19 < length;) {
    const recordLength = entryHalves[(offset >> 1) + 8] as number
    if (recordLength < 20) return
    const first = entries[offset + 19] as number
    if (first >= 48 && first <= 57) {
      let number = 0
      for (let at = offset + 19; entries[at] !== 0 && at < offset + recordLength; at += 1)
        number = number * 10 + (entries[at] as number) - 48
      found.push(number)
    }
    offset += recordLength
  }
}

function writeName(value: number): void {
  let count = 0
  let rest = value
  do {
    digits[count] = 48 + (rest % 10)
    rest = Math.trunc(rest / 10)
    count += 1
  } while (rest > 0)
  for (let at = 0; at < count; at += 1) name[at] = digits[count - 1 - at] as number
  name[count] = 0
}
