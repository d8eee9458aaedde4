/** Names of the errors that our calls meet (errno(3), numbers of asm-generic; x86 and ARM agree on them). */
const names: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  3: 'ESRCH',
  4: 'EINTR',
  5: 'EIO',
  9: 'EBADF',
  11: 'EAGAIN',
  12: 'ENOMEM',
  13: 'EACCES',
  16: 'EBUSY',
  19: 'ENODEV',
  20: 'ENOTDIR',
  22: 'EINVAL',
  23: 'ENFILE',
  24: 'EMFILE',
  38: 'ENOSYS',
  74: 'EBADMSG',
  90: 'EMSGSIZE',
  93: 'EPROTONOSUPPORT',
  95: 'EOPNOTSUPP',
  97: 'EAFNOSUPPORT',
  105: 'ENOBUFS',
  110: 'ETIMEDOUT',
  111: 'ECONNREFUSED',
  116: 'ESTALE',
}

export function errnoName(number: number): string {
  return names[number] ?? `errno ${number}`
}

export const EPERM = 1
export const ENOENT = 2
export const ESRCH = 3
export const EINTR = 4
export const EAGAIN = 11
export const EACCES = 13
export const ENOSYS = 38
export const EMFILE = 24
export const ENFILE = 23
export const EBADMSG = 74
export const EOPNOTSUPP = 95
export const ESTALE = 116
