import ipaddr from 'ipaddr.js'

/** The four words of the columns for an address in text; IPv4 in its mapped form. Throws on bad text: it is for tests. */
export function addressWords(text: string): [number, number, number, number] {
  const address = ipaddr.parse(text)
  const bytes = (address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address).toByteArray()
  const view = new DataView(Uint8Array.from(bytes).buffer)
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
}
