/** libSystem as far as the source pcblist_n asks for it, in memory. Sysctl values may be failures: an errno. */
import type { MacApi } from '../../src-main/native/macos/lib-system.ts'

export interface FakeMacOptions {
  /** The value under a name now, or the errno. */
  readonly sysctl: (name: string) => Uint8Array | number
  readonly probePort: number
}

const ENOENT = 2
const ENOMEM = 12

export function fakeMacApi({ sysctl, probePort }: FakeMacOptions): MacApi {
  let errno = 0
  const fail = (error: number): number => {
    errno = error
    return -1
  }
  return {
    sysctlbyname(name, old, size) {
      const value = sysctl(name)
      if (typeof value === 'number') return fail(value)
      const length = new DataView(size.buffer, size.byteOffset, size.byteLength)
      const room = Number(length.getBigUint64(0, true))
      length.setBigUint64(0, BigInt(value.length), true)
      if (old === null) return 0
      if (room < value.length) return fail(ENOMEM)
      old.set(value)
      return 0
    },
    sysctl: () => fail(ENOENT),
    proc_pidpath: () => 0,
    proc_pidinfo: () => 0,
    kill: () => fail(ENOENT),
    socket: () => 77,
    bind: () => 0,
    listen: () => 0,
    getsockname(_descriptor, address) {
      new DataView(address.buffer, address.byteOffset).setUint16(2, probePort)
      return 0
    },
    close: () => 0,
    if_indextoname: () => null,
    getpwuidName: () => undefined,
    errno: () => errno,
  }
}
