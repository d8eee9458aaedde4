import { breakdownByRemoteAddress, breakdownByRemotePort } from '../endpoint-breakdowns.ts'
import { remoteHostKey, remoteKey } from '../endpoint-key.ts'
import { known, measured } from '../figures.ts'
import { groupByOwner, type OwnerGroup } from '../owner-groups.ts'
import { RecentEndpoints } from '../recent-endpoints.ts'
import { oldestAge } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'

interface Caller {
  readonly endpoints: RecentEndpoints
  /** As last seen; its rows may be gone in between. */
  group: OwnerGroup
}
/** Callers by process. */
type Memory = Map<string, Caller>

/** Connections that are answered leave SYN-SENT within one round trip: many endpoints in it are many that do not answer. */
export const synSentFanout: Rule<Memory> = {
  id: 'syn-sent-fanout',
  start: () => new Map(),
  examine: (context, memory) => {
    notice(context, memory)
    return [...memory.values()].flatMap((caller) => {
      const level = levelOfCount(caller.endpoints.size, context.thresholds['fanout-endpoints'])
      return level === undefined ? [] : [candidate(context, caller, level)]
    })
  },
}

/** Brings the memory to now. Callers without a row keep what they called within the window. */
function notice({ table, states, thresholds, now }: RuleContext, memory: Memory): void {
  const { columns } = table.mirror
  for (const [key, caller] of memory) memory.set(key, { ...caller, group: { ...caller.group, slots: [] } })
  for (const group of groupByOwner(table.mirror, states.SYN_SENT)) {
    const caller = memory.get(group.key) ?? { endpoints: new RecentEndpoints(), group }
    caller.group = group
    memory.set(group.key, caller)
    for (const slot of group.slots)
      caller.endpoints.see(remoteKey(columns, slot), remoteHostKey(columns, slot), columns.remotePort[slot] as number, now)
  }
  for (const [key, { endpoints }] of memory) {
    endpoints.forget(now, thresholds['fanout-window'])
    if (endpoints.size === 0) memory.delete(key)
  }
}

function candidate({ table, thresholds }: RuleContext, { endpoints, group }: Caller, level: Candidate['level']): Candidate {
  const { mirror } = table
  const { key, process, slots } = group
  const { hosts, ports } = endpoints.count()
  return {
    key,
    level,
    severity: 'warning',
    process,
    evidence: slots,
    figures: [
      measured('endpoints', endpoints.size, 'fanout-endpoints', thresholds),
      ...known('hosts', 'count', hosts),
      ...known('ports', 'count', ports),
      ...known('oldest-age', 'milliseconds', slots.length === 0 ? undefined : oldestAge(table, slots)),
    ],
    facts: process?.executable === undefined ? [] : [{ id: 'executable', value: process.executable }],
    breakdowns: [breakdownByRemoteAddress(mirror, slots), breakdownByRemotePort(mirror, slots)],
  }
}
