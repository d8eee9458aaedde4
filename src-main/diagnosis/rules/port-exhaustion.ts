import { endpointText, isLoopback } from '../../../src-shared/model/address.ts'
import { localAddressText } from '../../../src-shared/model/connection.ts'
import { timeWaitCode } from '../../../src-shared/model/tcp-state.ts'
import { DestinationTally, type Destination } from '../destination-tally.ts'
import { breakdownByState } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { breakdownByProcess, mainProcess } from '../owner-groups.ts'
import { dynamicPorts, isWithin, portCount, type PortRange } from '../port-range.ts'
import { distinctPorts, portUseOf } from '../port-use.ts'
import { ageInState, remoteOf } from '../row-facts.ts'
import { keepShare, levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** Shares from which on connect() fails at times: it searches the last free ports, and others may take them meanwhile. */
const criticalFrom = 0.95
const criticalUntil = 0.9

/** tcp_tw_reuse: 0 never, 1 towards every destination, 2 on the loopback; a port may be taken again after a second (tcp(7)). */
const reusedEverywhere = 1
const reusedOnLoopback = 2
const reusedAfterMs = 1000

interface Memory {
  readonly tally: DestinationTally
  /** Keys of the candidates that were critical in the last look. */
  critical: ReadonlySet<string>
}

/** RFC 9293 section 3.3: the tuple names a connection, so that each one to a destination needs another local port. */
export const portExhaustion: Rule<Memory> = {
  id: 'port-exhaustion',
  start: () => ({ tally: new DestinationTally(), critical: new Set() }),
  examine: (context, memory) => {
    const range = dynamicPorts(context.surroundings)
    memory.tally.follow(context.table, range)
    const bound = boundSlots(context, range)
    const least = context.thresholds['port-share'] * keepShare * portCount(range)
    const candidates = [...memory.tally.busy]
      .filter(({ rows }) => rows + bound.length >= least)
      .flatMap((destination) => candidate(context, memory, destination, bound, range) ?? [])
    memory.critical = new Set(candidates.flatMap(({ key, severity }) => (severity === 'critical' ? [key] : [])))
    return candidates
  },
}

/** A bound port without a destination is taken for all of them. */
function boundSlots({ table, states }: RuleContext, range: PortRange): readonly number[] {
  const { localPort } = table.mirror.columns
  return states.BOUND.filter((slot) => isWithin(localPort[slot] as number, range))
}

function candidate(
  context: RuleContext,
  { tally, critical }: Memory,
  destination: Destination,
  bound: readonly number[],
  range: PortRange,
): Candidate | undefined {
  const { thresholds } = context
  const { mirror } = context.table
  const connected = tally.slotsOf(destination)
  const listening = new Set(context.states.LISTEN.map((slot) => mirror.columns.localPort[slot] as number))
  const { slots: evidence, used } = portUseOf(context.table, connected, bound, listening)
  const share = used / portCount(range)
  const level = levelOf(share, thresholds['port-share'])
  const first = connected[0]
  if (level === undefined || first === undefined) return undefined
  const local = localAddressText(mirror, first)
  const remote = remoteOf(mirror, first)
  const key = `${local} ${endpointText(remote.address, remote.port)}`
  const isCritical = share >= (critical.has(key) ? criticalUntil : criticalFrom)
  // connect() takes a port that may be used again rather than to fail.
  const lasting = isCritical
    ? distinctPorts(
        mirror,
        evidence.filter((slot) => !isReusable(context, slot)),
      ) / portCount(range)
    : share
  return {
    key,
    level,
    severity: isCritical && lasting >= thresholds['port-share'] ? 'critical' : 'warning',
    ...mainProcess(mirror, evidence),
    local: { address: local, port: 0 },
    remote,
    evidence,
    figures: [
      ...known('ports-used', 'count', used),
      ...known('port-range', 'count', portCount(range)),
      measured('share', share, 'port-share', thresholds),
    ],
    breakdowns: [breakdownByState(mirror, evidence), breakdownByProcess(mirror, evidence)],
  }
}

function isReusable({ table, surroundings }: RuleContext, slot: number): boolean {
  const { state, remote0, remote1, remote2, remote3 } = table.mirror.columns
  if (state[slot] !== timeWaitCode || ageInState(table, slot) < reusedAfterMs) return false
  const [reuse] = surroundings.settings.get('time-wait-reuse') ?? []
  if (reuse !== reusedOnLoopback) return reuse === reusedEverywhere
  return isLoopback(remote0[slot] ?? 0, remote1[slot] ?? 0, remote2[slot] ?? 0, remote3[slot] ?? 0)
}
