/**
 * The part of libc that Sockscope calls, declarations only, under the names of the manual pages. Nothing here decides anything.
 * Loaded on first use, so that importing this file on another system does no harm.
 */
import koffi from 'koffi'

type Bytes = Uint8Array

export interface Libc {
  /** socket(2) */
  socket(domain: number, type: number, protocol: number): number
  bind(descriptor: number, address: Bytes, length: number): number
  connect(descriptor: number, address: Bytes, length: number): number
  setsockopt(descriptor: number, level: number, option: number, value: Bytes, length: number): number
  getsockopt(descriptor: number, level: number, option: number, value: Bytes, length: Bytes): number
  send(descriptor: number, bytes: Bytes, length: number, flags: number): number
  recv(descriptor: number, bytes: Bytes, length: number, flags: number): number
  close(descriptor: number): number
  open(path: string, flags: number): number
  openat(directory: number, path: string, flags: number): number
  read(descriptor: number, bytes: Bytes, length: number): number
  /** readlinkat(2); the name is zero-terminated bytes, so that no string is made per call. */
  readlinkat(directory: number, name: Bytes, target: Bytes, length: number): number
  /** statx(2); false when it fails, or where its number is not known. */
  statx(directory: number, path: Bytes, flags: number, mask: number, result: Bytes): boolean
  getdents64(descriptor: number, bytes: Bytes, length: number): number
  kill(pid: number, signal: number): number
  poll(descriptors: Bytes, count: number, timeoutMs: number): number
  /** syscall(2) with up to three arguments, for calls that old C libraries do not wrap. */
  syscall(number: number, first: number, second: number, third: number): number
  syscall4(number: number, first: number, second: number, third: number, fourth: number): number
  /** if_indextoname(3); the buffer takes IF_NAMESIZE (16) bytes. */
  if_indextoname(index: number, name: Bytes): unknown
  /** getpwuid(3) on another thread. Its answer lies in memory of which there is one: ask again only after the answer came. */
  getpwuidName(uid: number): Promise<string | undefined>
}

/** System call numbers (C libraries have the wrapper since glibc 2.28 and musl 1.2.5). */
const statxNumbers: Readonly<Record<string, number>> = { x64: 332, arm64: 291, riscv64: 291, loong64: 291 }

let loaded: Libc | undefined

export function libc(): Libc {
  loaded ??= load()
  return loaded
}

/** errno of the last call of this thread. */
export function errno(): number {
  return koffi.errno()
}

function load(): Libc {
  const library = koffi.load(null) // the process itself: its C library is loaded already, whichever it is
  const declare = (prototype: string): never => library.func(prototype) as never
  const passwd = koffi.struct({
    pw_name: 'const char *',
    pw_passwd: 'const char *',
    pw_uid: 'uint32_t',
    pw_gid: 'uint32_t',
    pw_gecos: 'const char *',
    pw_dir: 'const char *',
    pw_shell: 'const char *',
  })
  const getpwuid = library.func('getpwuid', koffi.pointer(passwd), ['uint32_t'])
  const syscallStatx = library.func('syscall', 'long', ['long', 'long', 'const void *', 'long', 'long', 'void *'])
  return {
    socket: declare('int socket(int, int, int)'),
    bind: declare('int bind(int, const void *, uint32_t)'),
    connect: declare('int connect(int, const void *, uint32_t)'),
    setsockopt: declare('int setsockopt(int, int, int, const void *, uint32_t)'),
    getsockopt: declare('int getsockopt(int, int, int, void *, void *)'),
    send: declare('long send(int, const void *, size_t, int)'),
    recv: declare('long recv(int, void *, size_t, int)'),
    close: declare('int close(int)'),
    open: declare('int open(const char *, int)'),
    openat: declare('int openat(int, const char *, int)'),
    read: declare('long read(int, void *, size_t)'),
    readlinkat: declare('long readlinkat(int, const void *, void *, size_t)'),
    statx: (directory, path, flags, mask, result) => {
      const number = statxNumbers[process.arch]
      return number !== undefined && syscallStatx(number, directory, path, flags, mask, result) === 0
    },
    getdents64: declare('long getdents64(int, void *, size_t)'),
    kill: declare('int kill(int, int)'),
    poll: declare('int poll(void *, unsigned long, int)'),
    syscall: declare('long syscall(long, long, long, long)'),
    syscall4: library.func('syscall', 'long', ['long', 'long', 'long', 'long', 'long']) as never,
    if_indextoname: declare('void *if_indextoname(uint32_t, void *)'),
    getpwuidName: (uid) =>
      new Promise((resolve) => {
        getpwuid.async(uid, (_error: unknown, entry: unknown) => {
          resolve(entry === null || entry === undefined ? undefined : (koffi.decode(entry, passwd) as { pw_name: string }).pw_name)
        })
      }),
  }
}
