import type { FindingProcess } from '../../../src-shared/contract/diagnosis.ts'
import { endpointText } from '../../../src-shared/model/address.ts'
import type { Endpoint } from '../../../src-shared/model/connection.ts'
import { ChurnTally, type ChurningEndpoint } from '../churn-tally.ts'
import { breakdownByProcess, mainProcess } from '../owner-groups.ts'
import { breakdownByState } from '../endpoint-breakdowns.ts'
import { remoteKey } from '../endpoint-key.ts'
import { known, measured } from '../figures.ts'
import { localOf, remoteOf } from '../row-facts.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** So much of the window must have been watched before its rates are believed: looks do not come on the millisecond. */
const watchedShare = 0.8

interface Look {
  readonly at: number
  /** Milliseconds since the look before. */
  readonly elapsedMs: number
}

interface Known {
  readonly remote: Endpoint
  readonly process?: FindingProcess
}

interface Memory {
  readonly tally: ChurnTally
  /** Of the window. */
  looks: readonly Look[]
  /** What was last known of endpoints that churn: at a moment without rows they would have neither name nor owner. */
  known: Map<ChurningEndpoint, Known>
}

/** Short outgoing connections: one per request costs a handshake each, and a port in TIME_WAIT afterwards. */
export const connectionChurn: Rule<Memory> = {
  id: 'connection-churn',
  start: () => ({ tally: new ChurnTally(), looks: [], known: new Map() }),
  examine: (context, memory) => {
    const { table, states, thresholds, now } = context
    const windowMs = thresholds['churn-window']
    const { localPort } = table.mirror.columns
    memory.tally.follow(table, new Set(states.LISTEN.map((slot) => localPort[slot] as number)), windowMs)
    memory.looks = table.jumped || table.reset ? [] : [...memory.looks, { at: now, elapsedMs: now - (table.lookedBefore ?? now) }]
    memory.looks = memory.looks.filter(({ at }) => now - at < windowMs)
    const seconds = memory.looks.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / 1000
    if (seconds * 1000 < windowMs * watchedShare) return []
    const before = memory.known
    memory.known = new Map()
    return [...memory.tally.active].flatMap((endpoint) => {
      const rates = ratesOf(endpoint, seconds)
      const level = levelOf(Math.min(rates.opened, rates.closed), thresholds['churn-rate'])
      return level === undefined ? [] : (candidate(context, memory, endpoint, before.get(endpoint), rates, level) ?? [])
    })
  },
}

interface Rates {
  /** Per second. */
  readonly opened: number
  readonly closed: number
  readonly meanLifetimeMs: number | undefined
}

/**
 * The lifetime is what the mean of those open makes of the rate (Little's law): most of them live too briefly to be timed. None open
 * in any look is too brief for that as well.
 */
function ratesOf({ events }: ChurningEndpoint, seconds: number): Rates {
  const sum = (pick: 'opened' | 'closed' | 'open'): number => events.reduce((total, event) => total + event[pick], 0)
  const closed = sum('closed') / seconds
  const open = sum('open') / events.length
  return { opened: sum('opened') / seconds, closed, meanLifetimeMs: closed === 0 || open === 0 ? undefined : (open / closed) * 1000 }
}

/** Undefined while no row was seen that names the endpoint. */
function candidate(
  { table: { mirror }, thresholds }: RuleContext,
  memory: Memory,
  endpoint: ChurningEndpoint,
  before: Known | undefined,
  { opened, closed, meanLifetimeMs }: Rates,
  level: Candidate['level'],
): Candidate | undefined {
  const evidence = memory.tally.slotsOf(endpoint)
  const calling = evidence.filter((slot) => remoteKey(mirror.columns, slot) === endpoint.key)
  const [first] = evidence
  const remote = first === undefined ? before?.remote : calling.includes(first) ? remoteOf(mirror, first) : localOf(mirror, first)
  if (remote === undefined) return undefined
  const owners = mainProcess(mirror, calling)
  const process = owners.process ?? before?.process
  memory.known.set(endpoint, process === undefined ? { remote } : { remote, process })
  return {
    key: endpointText(remote.address, remote.port),
    level,
    severity: 'notice',
    ...owners,
    process,
    remote,
    evidence,
    figures: [
      measured('opened-rate', opened, 'churn-rate', thresholds),
      measured('closed-rate', closed, 'churn-rate', thresholds),
      ...known('mean-lifetime', 'milliseconds', meanLifetimeMs),
    ],
    breakdowns: [breakdownByState(mirror, evidence), breakdownByProcess(mirror, calling)],
  }
}
