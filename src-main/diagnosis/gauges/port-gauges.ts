import type { PortGauge } from '../../../src-shared/contract/gauges.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { stateOfCode, type TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import type { ObservedTable } from '../observed-table.ts'
import { mainProcess } from '../owner-groups.ts'
import type { PortRange } from '../port-range.ts'
import { fullestDestinations } from '../port-use.ts'
import { localOf, remoteOf } from '../row-facts.ts'

/** Emptier destinations are not read. */
const maximumDestinations = 10

export function portGauges(table: ObservedTable, range: PortRange): readonly PortGauge[] {
  const { mirror } = table
  return fullestDestinations(table, range, maximumDestinations).map(({ slots, used }) => {
    const first = slots[0] ?? 0
    return withoutUndefined<PortGauge>({
      localAddress: localOf(mirror, first).address,
      remote: remoteOf(mirror, first),
      used,
      byState: rowsByState(mirror, slots),
      process: mainProcess(mirror, slots).process,
    })
  })
}

function rowsByState({ columns }: RowMirror, slots: readonly number[]): Partial<Record<TcpState, number>> {
  const rows: Partial<Record<TcpState, number>> = {}
  for (const slot of slots) {
    const state = stateOfCode(columns.state[slot] as number)
    if (state !== undefined) rows[state] = (rows[state] ?? 0) + 1
  }
  return rows
}
