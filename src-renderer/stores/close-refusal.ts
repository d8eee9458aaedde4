import type { Connection } from '../../src-shared/model/connection.ts'
import { endpointText } from '../../src-shared/model/address.ts'

export type CloseRefusal = 'listening' | 'bound' | 'udp' | 'own'

/**
 * Why closing is not offered, for each connection; undefined where it is. The engine checks again. Among several rows those that
 * carry this table (a socket of Sockscope's own processes, or the other end of one) are left out: nobody means them.
 */
export function closeRefusals(connections: readonly Connection[], ownPids: readonly number[]): readonly (CloseRefusal | undefined)[] {
  const isOwn = ({ owners }: Connection): boolean => owners.some(({ pid }) => ownPids.includes(pid))
  const ownLinks = new Set(connections.length > 1 ? connections.filter(isOwn).map(linkText) : [])
  return connections.map((each) => basicRefusal(each) ?? (ownLinks.has(linkText(each)) ? 'own' : undefined))
}

function basicRefusal({ protocol, state }: Connection): CloseRefusal | undefined {
  if (protocol === 'udp') return 'udp'
  if (state === 'LISTEN') return 'listening'
  return state === 'BOUND' || state === 'CLOSED' ? 'bound' : undefined
}

/** The same for both ends of a connection within this machine. */
function linkText({ local, remote }: Connection): string {
  return [local, ...(remote === undefined ? [] : [remote])]
    .map(({ address, port }) => endpointText(address, port))
    .toSorted()
    .join(' ')
}
