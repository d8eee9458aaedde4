/** The on/off filters of the toolbar: each one switched off hides a kind of row. */
import { isLoopback } from '../../src-shared/model/address.ts'
import { protocols } from '../../src-shared/model/columns.ts'
import { switchNames } from '../../src-shared/model/kept-filters.ts'
import { listenCode } from '../../src-shared/model/tcp-state.ts'
import type { RowPredicate } from '../view/table-view.ts'

export const toggleNames = switchNames
export type ToggleName = (typeof toggleNames)[number]
export type Toggles = Readonly<Record<ToggleName, boolean>>

export const allToggles: Toggles = { tcp: true, udp: true, ipv4: true, ipv6: true, listening: true, loopback: true }

const udpCode = protocols.indexOf('udp')

/** Undefined when nothing is hidden, so that the table need not ask for every row. */
export function togglePredicate({ tcp, udp, ipv4, ipv6, listening, loopback }: Toggles): RowPredicate | undefined {
  if (tcp && udp && ipv4 && ipv6 && listening && loopback) return undefined
  return ({ columns: c }, slot) => {
    if (!(c.protocol[slot] === udpCode ? udp : tcp)) return false
    if (!(c.family[slot] === 6 ? ipv6 : ipv4)) return false
    if (!listening && c.state[slot] === listenCode) return false
    if (loopback) return true
    return !(
      isLoopback(c.local0[slot] ?? 0, c.local1[slot] ?? 0, c.local2[slot] ?? 0, c.local3[slot] ?? 0) ||
      isLoopback(c.remote0[slot] ?? 0, c.remote1[slot] ?? 0, c.remote2[slot] ?? 0, c.remote3[slot] ?? 0)
    )
  }
}
