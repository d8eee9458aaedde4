import type { InterfaceAddress, NetworkInterface } from '../../src-shared/contract/network.ts'

/** An interface as a system's table of interfaces tells it, without its addresses. */
export type Link = NetworkInterface & { readonly index: number }

export interface AddressOfLink {
  readonly index: number
  readonly address: InterfaceAddress
}

/** Two tables become one list: each interface with the addresses that name its index, in their order. */
export function withAddresses(links: readonly Link[], addresses: readonly AddressOfLink[]): NetworkInterface[] {
  const byIndex = new Map<number, InterfaceAddress[]>(links.map(({ index }) => [index, []]))
  for (const { index, address } of addresses) byIndex.get(index)?.push(address)
  return links.map((link) => Object.assign({}, link, { addresses: byIndex.get(link.index) ?? [] }))
}
