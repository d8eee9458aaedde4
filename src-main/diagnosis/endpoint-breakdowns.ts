/** The breakdowns that most rules show. */
import type { Breakdown } from '../../src-shared/contract/diagnosis.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import { localAddressText, remoteAddressText } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { breakdown } from './breakdown.ts'
import { localKey, remoteHostKey, remoteKey } from './endpoint-key.ts'

export function breakdownByRemoteAddress(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { columns } = mirror
  return breakdown(
    'remote-address',
    slots,
    (slot) => remoteHostKey(columns, slot),
    (slot) => remoteAddressText(mirror, slot),
  )
}

export function breakdownByRemoteEndpoint(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { columns } = mirror
  return breakdown(
    'remote-endpoint',
    slots,
    (slot) => remoteKey(columns, slot),
    (slot) => endpointText(remoteAddressText(mirror, slot), columns.remotePort[slot] as number),
  )
}

export function breakdownByLocalEndpoint(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { columns } = mirror
  return breakdown(
    'local-endpoint',
    slots,
    (slot) => localKey(columns, slot),
    (slot) => endpointText(localAddressText(mirror, slot), columns.localPort[slot] as number),
  )
}

export function breakdownByRemotePort(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { remotePort } = mirror.columns
  return breakdown(
    'remote-port',
    slots,
    (slot) => remotePort[slot],
    (slot) => String(remotePort[slot]),
  )
}

/** `label` is the state's word. */
export function breakdownByState(mirror: RowMirror, slots: readonly number[]): Breakdown {
  const { state } = mirror.columns
  return breakdown(
    'state',
    slots,
    (slot) => state[slot],
    (slot) => stateOfCode(state[slot] as number) ?? '',
  )
}
