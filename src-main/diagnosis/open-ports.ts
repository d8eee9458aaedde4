/** Sockets that take what anybody sends: TCP in LISTEN, and UDP that is not connected to one peer. */
import { protocols } from '../../src-shared/model/columns.ts'
import { hasRemote } from '../../src-shared/model/connection.ts'
import { stateAbsent } from '../../src-shared/model/tcp-state.ts'
import type { ObservedTable } from './observed-table.ts'

const udp = protocols.indexOf('udp')

/** One pass over the state column; UDP sockets of ports that `isOfInterest` refuses are left out. */
export function openUdpSlots({ mirror, live }: ObservedTable, isOfInterest: (port: number) => boolean): readonly number[] {
  const { state, protocol, localPort } = mirror.columns
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) {
    if (state[slot] !== stateAbsent || live[slot] !== 1 || protocol[slot] !== udp) continue
    if (isOfInterest(localPort[slot] as number) && !hasRemote(mirror, slot)) slots.push(slot)
  }
  return slots
}
