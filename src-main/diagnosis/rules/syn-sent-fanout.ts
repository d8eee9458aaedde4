import { absentUnanswered } from '../../../src-shared/model/columns.ts'
import { stateCode } from '../../../src-shared/model/tcp-state.ts'
import { breakdownByRemoteAddress, breakdownByRemotePort } from '../endpoint-breakdowns.ts'
import { remoteHostKey, remoteKey, type EndpointKey } from '../endpoint-key.ts'
import { known, measured } from '../figures.ts'
import type { ObservedTable } from '../observed-table.ts'
import { groupByOwner, type OwnerGroup } from '../owner-groups.ts'
import { RecentEndpoints } from '../recent-endpoints.ts'
import { ageInState, oldestAge } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'

const closed = stateCode('CLOSED')
/** Round trips are shorter, those by satellite too (about 600 ms); looks a second apart may come a little early. */
const unansweredMs = 800

interface Caller {
  readonly endpoints: RecentEndpoints
  /** As last seen, with the rows that were not answered; these may be gone in between. */
  group: OwnerGroup
}

/** One row that was in SYN_SENT in the last look. */
interface Call {
  readonly caller: string
  readonly key: EndpointKey
  readonly host: EndpointKey
  readonly port: number
}

interface Memory {
  /** By process. */
  readonly callers: Map<string, Caller>
  /** By row id. */
  calls: ReadonlyMap<number, Call>
  session: string | undefined
}

/** Connections that are answered leave SYN-SENT within one round trip: many endpoints that stay in it are many that do not answer. */
export const synSentFanout: Rule<Memory> = {
  id: 'syn-sent-fanout',
  start: () => ({ callers: new Map(), calls: new Map(), session: undefined }),
  examine: (context, memory) => {
    notice(context, memory)
    return [...memory.callers.values()].flatMap((caller) => {
      const level = levelOfCount(caller.endpoints.size, context.thresholds['fanout-endpoints'])
      return level === undefined ? [] : [candidate(context, caller, level)]
    })
  },
}

/** Brings the memory to now. Callers without a row keep what they called within the window. */
function notice(context: RuleContext, memory: Memory): void {
  const { table, states, thresholds, now } = context
  const { callers } = memory
  for (const [key, caller] of callers) callers.set(key, { ...caller, group: { ...caller.group, slots: [] } })
  const groups = groupByOwner(table.mirror, states.SYN_SENT)
  for (const group of groups) {
    const caller = callers.get(group.key) ?? { endpoints: new RecentEndpoints(), group }
    caller.group = { ...group, slots: group.slots.filter((slot) => isUnanswered(table, slot)) }
    callers.set(group.key, caller)
    for (const slot of caller.group.slots) see(caller, callAt(table, slot, group.key), now)
  }
  if (!table.jumped && memory.session === table.mirror.session)
    for (const call of vanished(table, memory.calls)) see(callers.get(call.caller), call, now)
  memory.calls = new Map(
    groups.flatMap(({ key, slots }) => slots.map((slot) => [table.mirror.columns.rowId[slot] as number, callAt(table, slot, key)])),
  )
  memory.session = table.mirror.session
  for (const [key, { endpoints }] of callers) {
    endpoints.forget(now, thresholds['fanout-window'])
    // One whose calls are still young is kept for those that vanish.
    if (endpoints.size === 0 && !groups.some((group) => group.key === key)) callers.delete(key)
  }
}

function isUnanswered(table: ObservedTable, slot: number): boolean {
  const times = table.mirror.columns.unanswered[slot] as number
  return (times !== 0 && times !== absentUnanswered) || ageInState(table, slot) >= unansweredMs
}

/** Calls of the look before that went without becoming a connection: refused, given up, or ended with their program. */
function vanished({ mirror }: ObservedTable, calls: ReadonlyMap<number, Call>): readonly Call[] {
  return [...calls].flatMap(([rowId, call]) => {
    const slot = mirror.slotOfRow(rowId)
    return slot === undefined || mirror.columns.state[slot] === closed ? [call] : []
  })
}

function callAt({ mirror: { columns } }: ObservedTable, slot: number, caller: string): Call {
  return { caller, key: remoteKey(columns, slot), host: remoteHostKey(columns, slot), port: columns.remotePort[slot] as number }
}

function see(caller: Caller | undefined, { key, host, port }: Call, now: number): void {
  caller?.endpoints.see(key, host, port, now)
}

function candidate({ table, thresholds }: RuleContext, { endpoints, group }: Caller, level: Candidate['level']): Candidate {
  const { mirror } = table
  const { key, process, unseenUser, slots } = group
  const { hosts, ports } = endpoints.count()
  return {
    key,
    level,
    severity: 'warning',
    process,
    unseenUser,
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
