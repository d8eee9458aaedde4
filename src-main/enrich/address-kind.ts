import ipaddr from 'ipaddr.js'

/**
 * public: globally routed as far as the registries of special addresses (RFC 6890) tell. private: of this network or machine's
 * neighbourhood. none: names nobody (loopback, multicast, unspecified, broadcast) or is no address at all.
 */
export type AddressKind = 'public' | 'private' | 'none'

const privateRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'linkLocal'])

export function addressKind(address: string): AddressKind {
  if (!ipaddr.isValid(address)) return 'none'
  const range = ipaddr.process(address).range()
  if (range === 'unicast') return 'public'
  return privateRanges.has(range) ? 'private' : 'none'
}
