import { endpointText } from '../../src-shared/model/address.ts'
import type { CloseTarget } from '../view/close-target.ts'

export type CloseRefusal = 'listening' | 'bound' | 'udp' | 'own'

/**
 * Why closing is not offered, for each connection; undefined where it is. The engine checks again. Among several rows those that
 * carry this table (a socket of Sockscope's own processes, or the other end of one) are left out: nobody means them.
 */
export function closeRefusals(connections: readonly CloseTarget[], ownPids: readonly number[]): readonly (CloseRefusal | undefined)[] {
  const isOwn = ({ owners }: CloseTarget): boolean => owners.some(({ pid }) => ownPids.includes(pid))
  const own = connections.length > 1 ? connections.filter(isOwn) : []
  const ownLinks = new Set(own.map(linkText))
  // Nearly all others are told apart by a number.
  const ownPorts = new Set(own.map(({ local }) => local.port))
  const mayBeOwn = ({ local, remote }: CloseTarget): boolean =>
    ownPorts.has(local.port) || (remote !== undefined && ownPorts.has(remote.port))
  return connections.map((each) => basicRefusal(each) ?? (mayBeOwn(each) && ownLinks.has(linkText(each)) ? 'own' : undefined))
}

function basicRefusal({ protocol, state }: CloseTarget): CloseRefusal | undefined {
  if (protocol === 'udp') return 'udp'
  if (state === 'LISTEN') return 'listening'
  return state === 'BOUND' || state === 'CLOSED' ? 'bound' : undefined
}

/** The same for both ends of a connection within this machine. */
function linkText({ local, remote }: CloseTarget): string {
  return [local, ...(remote === undefined ? [] : [remote])]
    .map(({ address, port }) => endpointText(address, port))
    .toSorted()
    .join(' ')
}
