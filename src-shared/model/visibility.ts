/** How much is known about the owner of a socket, and why not more. */
export const visibilities = ['full', 'not-permitted', 'other-namespace', 'gone', 'kernel', 'pending'] as const

/**
 * - full: every owner the operating system tells is listed.
 * - not-permitted: an owner exists, but this user may not see it.
 * - other-namespace: the owner lives in a process namespace that is not visible from here.
 * - gone: no process holds the socket any more (TIME_WAIT, orphans); owners, if any, are the last known ones.
 * - kernel: the kernel itself holds it (handshakes, connections nobody accepted yet, in-kernel services).
 * - pending: not attributed yet; the next refreshes will.
 */
export type Visibility = (typeof visibilities)[number]

export function visibilityCode(visibility: Visibility): number {
  return visibilities.indexOf(visibility)
}
