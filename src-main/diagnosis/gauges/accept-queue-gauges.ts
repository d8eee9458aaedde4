import type { AcceptQueueGauge } from '../../../src-shared/contract/gauges.ts'
import { absentCount } from '../../../src-shared/model/columns.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { listenCode } from '../../../src-shared/model/tcp-state.ts'
import { backlogOf } from '../listeners.ts'
import type { ObservedTable } from '../observed-table.ts'
import { localOf, processOf } from '../row-facts.ts'

const maximumListeners = 20

/** Listeners whose queue and backlog are told: the fullest first, then those where nobody waits, by port. */
export function acceptQueueGauges(table: ObservedTable): readonly AcceptQueueGauge[] {
  const { mirror } = table
  return listeners(table)
    .flatMap((slot) => {
      const waiting = mirror.columns.receiveQueue[slot] as number
      const backlog = backlogOf(mirror, slot)
      return waiting === absentCount || backlog === undefined ? [] : [{ slot, waiting, backlog, local: localOf(mirror, slot) }]
    })
    .toSorted(
      (left, right) =>
        right.waiting / Math.max(1, right.backlog) - left.waiting / Math.max(1, left.backlog) ||
        right.waiting - left.waiting ||
        left.local.port - right.local.port,
    )
    .slice(0, maximumListeners)
    .map(({ slot, ...told }) =>
      withoutUndefined<AcceptQueueGauge>({ id: mirror.identityOf(slot), process: processOf(mirror, slot), ...told }),
    )
}

/** There are listeners, and of none of them both figures are told. */
export function listenersWithoutQueue(table: ObservedTable): boolean {
  return listeners(table).length > 0 && acceptQueueGauges(table).length === 0
}

function listeners({ mirror, live }: ObservedTable): readonly number[] {
  const { state } = mirror.columns
  const slots: number[] = []
  for (let slot = 0; slot < mirror.top; slot += 1) if (state[slot] === listenCode && live[slot] === 1) slots.push(slot)
  return slots
}
