/**
 * The part of libSystem that Sockscope calls, declarations only, under the names of the manual pages. Nothing here decides anything.
 * Loaded on demand, so that importing this file on another system does no harm; the path is a parameter so that a test can load a
 * library of its own.
 */
import koffi from 'koffi'

type Bytes = Uint8Array

export interface MacApi {
  /** sysctlbyname(3). `size` is a size_t in and out; `old` null asks for the size. */
  sysctlbyname(name: string, old: Bytes | null, size: Bytes, next: null, nextLength: number): number
  /** sysctl(3); `mib` is an array of `count` 32-bit numbers. */
  sysctl(mib: Bytes, count: number, old: Bytes | null, size: Bytes, next: null, nextLength: number): number
  /** proc_pidpath of libproc.h: the length of the path, or 0. */
  proc_pidpath(pid: number, path: Bytes, size: number): number
  /** proc_pidinfo of libproc.h: how many bytes were written, or 0. */
  proc_pidinfo(pid: number, flavor: number, argument: number, buffer: Bytes, size: number): number
  /** kill(2) */
  kill(pid: number, signal: number): number
  socket(domain: number, type: number, protocol: number): number
  bind(descriptor: number, address: Bytes, length: number): number
  listen(descriptor: number, backlog: number): number
  getsockname(descriptor: number, address: Bytes, length: Bytes): number
  close(descriptor: number): number
  /** if_indextoname(3); the buffer takes IF_NAMESIZE (16) bytes. */
  if_indextoname(index: number, name: Bytes): unknown
  /** The pw_name of getpwuid(3). */
  getpwuidName(uid: number): string | undefined
  /** errno of the last call of this thread. */
  errno(): number
}

export const libSystemPath = '/usr/lib/libSystem.B.dylib'

export type LoadedMacApi = { readonly ok: true; readonly api: MacApi } | { readonly ok: false; readonly reason: string }

export function loadLibSystem(path: string = libSystemPath): LoadedMacApi {
  try {
    return { ok: true, api: declare(path) }
  } catch (error) {
    // koffi throws where the library or one of its functions is missing, or its own binary does not fit this system.
    return { ok: false, reason: `${path}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function declare(path: string): MacApi {
  const library = koffi.load(path)
  const prototype = (text: string): never => library.func(text) as never
  const passwd = koffi.struct({ pw_name: 'const char *' }) // the first of its fields is all that is read
  const getpwuid = library.func('getpwuid', koffi.pointer(passwd), ['uint32_t'])
  return {
    sysctlbyname: prototype('int sysctlbyname(const char *, void *, void *, void *, size_t)'),
    sysctl: prototype('int sysctl(void *, unsigned int, void *, void *, void *, size_t)'),
    proc_pidpath: prototype('int proc_pidpath(int, void *, uint32_t)'),
    proc_pidinfo: prototype('int proc_pidinfo(int, int, uint64_t, void *, int)'),
    kill: prototype('int kill(int, int)'),
    socket: prototype('int socket(int, int, int)'),
    bind: prototype('int bind(int, const void *, uint32_t)'),
    listen: prototype('int listen(int, int)'),
    getsockname: prototype('int getsockname(int, void *, void *)'),
    close: prototype('int close(int)'),
    if_indextoname: prototype('void *if_indextoname(uint32_t, void *)'),
    getpwuidName(uid) {
      const entry = getpwuid(uid) as unknown
      return entry === null ? undefined : (koffi.decode(entry, passwd) as { pw_name: string }).pw_name
    },
    errno: () => koffi.errno(),
  }
}
