/**
 * Which connections are let in at all: those of this user's own programs. A cookie goes to every port of a host, so another user's web
 * server on this machine may have ours; and idle connections of anybody would fill the places of this user's browser.
 */
import type { AcceptedConnection, PeerUser } from '../sources/linux/peer-user.ts'
import { isLoopbackAddress } from './host-names.ts'

export interface PeerCheckOptions {
  readonly findUser: (connection: AcceptedConnection) => PeerUser
  readonly allowedUsers: ReadonlySet<number>
  readonly say: (text: string) => void
}

/** True: let in. Asked once for each connection, before anything is read from it. */
export type PeerCheck = (connection: { readonly [Key in keyof AcceptedConnection]?: AcceptedConnection[Key] | undefined }) => boolean

export const kernelTellsNothing =
  'It cannot be told which user of this machine a connection belongs to: programs of all users can connect; the token alone decides who gets in.'
/** Users whose refusal is told, each once; beyond that nobody reads on. */
const maximumTold = 16

/** Root is always let in: it can read this process anyway, and relays of the system (the one of WSL) run as root. */
export function allowedUsers(userId: number, sudoUser: string | undefined): ReadonlySet<number> {
  // Who said `sudo` is the person at the browser. Only root's environment is believed: others could not have got here by sudo.
  const behindSudo = userId === 0 && /^\d{1,10}$/.test(sudoUser ?? '') ? [Number(sudoUser)] : []
  return new Set([userId, 0, ...behindSudo])
}

export function createPeerCheck({ findUser, allowedUsers: allowed, say }: PeerCheckOptions): PeerCheck {
  const told = new Set<number | 'unknown'>()
  const tellOnce = (about: number | 'unknown', text: string): void => {
    if (told.has(about) || told.size >= maximumTold) return
    told.add(about)
    say(text)
  }
  return ({ localAddress, localPort, remoteAddress, remotePort }) => {
    // Reset before it was accepted: nobody is left to ask about or to serve.
    if (localAddress === undefined || localPort === undefined || remoteAddress === undefined || remotePort === undefined) return false
    const user = findUser({ localAddress, localPort, remoteAddress, remotePort })
    if (user === 'unknown') {
      tellOnce('unknown', kernelTellsNothing)
      return true
    }
    // A connection over loopback comes from this machine, even one whose source is another address of it; others have no user here.
    if (user === 'none') return !isLoopbackAddress(localAddress) && !isLoopbackAddress(remoteAddress)
    if (allowed.has(user.userId)) return true
    tellOnce(user.userId, `A connection of user number ${user.userId} was refused. Start with --any-local-user to let other users connect.`)
    return false
  }
}
