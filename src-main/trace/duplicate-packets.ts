/**
 * One packet that passes several interfaces (a bridge, a VLAN, a container's pair) is shown once per interface by a capture on all
 * of them. A retransmission is not such a copy: the system gives it another identification, and it leaves by the same interface.
 */
import type { DecodedPacket } from './decode-packet.ts'

/** From one interface to the next takes microseconds; a retransmission takes tens of milliseconds at least. */
const copyWithinMs = 10
/** Packets in flight within that time, generously. */
const remembered = 64

export class DuplicatePackets {
  readonly #recent: DecodedPacket[] = []

  /** True for a further showing of a packet that was seen before. */
  isCopy(packet: DecodedPacket): boolean {
    if (this.#recent.some((earlier) => mayBeCopy(earlier, packet) && isSame(earlier, packet))) return true
    this.#recent.push(packet)
    if (this.#recent.length > remembered) this.#recent.shift()
    return false
  }
}

/** Older link layers do not tell the interface: then only the identification of IPv4 can. */
function mayBeCopy(one: DecodedPacket, other: DecodedPacket): boolean {
  if (one.interfaceIndex === undefined || other.interfaceIndex === undefined) return (one.identification ?? 0) !== 0
  return one.interfaceIndex !== other.interfaceIndex
}

function isSame(one: DecodedPacket, other: DecodedPacket): boolean {
  const [a, b] = [one.packet, other.packet]
  return (
    Math.abs(a.at - b.at) <= copyWithinMs &&
    one.identification === other.identification &&
    a.direction === b.direction &&
    a.sequence === b.sequence &&
    a.acknowledgement === b.acknowledgement &&
    a.window === b.window &&
    a.payloadBytes === b.payloadBytes &&
    a.timestamps?.[0] === b.timestamps?.[0] &&
    flagsOf(one) === flagsOf(other)
  )
}

function flagsOf({ packet: { syn, ack, fin, rst, psh } }: DecodedPacket): string {
  return [syn, ack, fin, rst, psh].join()
}
