/** How much of what is limited is used, from the rows and what surrounds them. Pure. */
import type { GaugeId, GaugesReport, LimitGauge } from '../../../src-shared/contract/gauges.ts'
import type { CapabilityReason } from '../../../src-shared/model/capability-reason.ts'
import { withoutUndefined } from '../../../src-shared/model/connection.ts'
import { timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import type { ObservedTable } from '../observed-table.ts'
import { dynamicPorts, toldPortRange, type PortRange } from '../port-range.ts'
import type { Surroundings } from '../surroundings.ts'
import { acceptQueueGauges, listenersWithoutQueue } from './accept-queue-gauges.ts'
import { descriptorGauges } from './descriptor-gauges.ts'
import { portGauges } from './port-gauges.ts'

export function gaugesReport(table: ObservedTable, surroundings: Surroundings): GaugesReport {
  const { settings, orphans, timeWait, tcpMemory } = surroundings
  const portRange = toldPortRange(surroundings)
  return withoutUndefined<GaugesReport>({
    takenAt: table.now,
    portRange: portRange === undefined ? undefined : [portRange.first, portRange.last],
    ports: portGauges(table, dynamicPorts(surroundings)),
    descriptors: descriptorGauges(table, surroundings.descriptorsOf),
    acceptQueues: acceptQueueGauges(table),
    orphans: limited(orphans, settings.get('max-orphans')?.[0]),
    timeWait: limited(timeWait ?? rowsInTimeWait(table), settings.get('max-time-wait')?.[0]),
    tcpMemory: limited(tcpMemory?.used, tcpMemory?.limit),
    unavailable: unavailable(table, surroundings, portRange),
  })
}

function limited(used: number | undefined, limit: number | undefined): LimitGauge | undefined {
  if (used === undefined) return undefined
  return limit === undefined ? { used } : { used, limit }
}

function rowsInTimeWait({ mirror, live }: ObservedTable): number {
  const { state } = mirror.columns
  let rows = 0
  for (let slot = 0; slot < mirror.top; slot += 1) if (state[slot] === timeWaitCode && live[slot] === 1) rows += 1
  return rows
}

/** Gauges that are missing, or that miss their limit, because this system or source does not tell. */
function unavailable(
  table: ObservedTable,
  { capabilities, untold, orphans, tcpMemory }: Surroundings,
  portRange: PortRange | undefined,
): GaugesReport['unavailable'] {
  const found = new Map<GaugeId, CapabilityReason>()
  if (portRange === undefined) found.set('ports', capabilities?.['kernel-settings'].reason ?? 'not-read')
  if (untold.descriptors !== undefined) found.set('descriptors', untold.descriptors)
  if (listenersWithoutQueue(table)) found.set('accept-queues', capabilities?.queues.reason ?? 'tool-does-not-tell')
  if (orphans === undefined) found.set('orphans', untold.orphans ?? 'system-does-not-tell')
  if (tcpMemory === undefined) found.set('tcp-memory', untold['tcp-memory'] ?? 'system-does-not-tell')
  return [...found].map(([gauge, reason]) => ({ gauge, reason }))
}
