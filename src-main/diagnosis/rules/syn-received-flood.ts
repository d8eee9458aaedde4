import { CounterAlarm, graverLevel, machineKey } from '../counter-alarm.ts'
import { breakdownByRemoteAddress } from '../endpoint-breakdowns.ts'
import { remoteHostKey } from '../endpoint-key.ts'
import { known, measured } from '../figures.ts'
import { groupBy } from '../group-by.ts'
import { backlogOf, Listeners, type Listener } from '../listeners.ts'
import { ownersOfAll } from '../owner-groups.ts'
import { ageInState, localOf, oldestAge } from '../row-facts.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import type { Surroundings } from '../surroundings.ts'

/** A client answers within a round trip. After a second our SYN+ACK has been sent again (RFC 6298 section 2): it did not. */
const unansweredMs = 1000
/** Fewer are no flood, however small the backlog; fewer cookies are a burst that a small backlog could not hold. */
const minimumUnanswered = 8
/** Where the system does not tell the backlog: what programs get that ask for the most, in the oldest systems in use. */
const assumedBacklog = 128
/** net.ipv4.tcp_syncookies: 0 never, 1 when the queue overflows, 2 always, which says nothing about a flood. */
const cookiesOff = 0
const cookiesAlways = 2

interface HalfOpen {
  readonly listener: Listener
  /** Rows in SYN_RECEIVED, and those of them that the client has left unanswered. */
  readonly slots: readonly number[]
  readonly unanswered: readonly number[]
  readonly limit: number
}

interface Memory {
  readonly cookies: CounterAlarm
}

/** RFC 4987: half-open connections fill a listener's queue when clients never send the last ACK. */
export const synReceivedFlood: Rule<Memory> = {
  id: 'syn-received-flood',
  start: () => ({ cookies: new CounterAlarm(minimumUnanswered) }),
  examine: (context, { cookies }) => {
    const { table, states, surroundings, thresholds, now } = context
    cookies.observe(
      surroundings.settings.get('syncookies')?.[0] === cookiesAlways ? undefined : surroundings.counters.synCookiesSent,
      table,
    )
    if (states.SYN_RECEIVED.length === 0 && cookies.level === undefined) return []
    const listeners = new Listeners(table.mirror, states.LISTEN)
    const all = halfOpenByListener(context, listeners)
    for (const each of all)
      if (levelOf(fill(each), thresholds['syn-received-share']) !== undefined) cookies.suspect(each.listener.key, fill(each), now)
    const subject = cookies.subject(new Set(listeners.all.map(({ key }) => key)))
    const named = all.flatMap((halfOpen) => {
      const own = ownLevel(context, halfOpen)
      const blamed = halfOpen.listener.key === subject ? cookies : undefined
      const level = graverLevel(own, blamed?.level)
      // Cookies may go out before the first row is old; the young ones then fill the queue.
      return level === undefined
        ? []
        : [candidate(context, blamed, halfOpen, own === undefined ? halfOpen.slots : halfOpen.unanswered, level)]
    })
    if (subject === undefined || all.some(({ listener }) => listener.key === subject)) return named
    const listener = listeners.all.find(({ key }) => key === subject)
    return [...named, withoutRows(context, cookies, listener)]
  },
}

function halfOpenByListener({ table, states, surroundings }: RuleContext, listeners: Listeners): readonly HalfOpen[] {
  const byListener = groupBy(states.SYN_RECEIVED, (slot) => listeners.of(slot))
  return [...byListener].flatMap(([listener, slots]) =>
    listener === undefined
      ? []
      : [
          {
            listener,
            slots,
            unanswered: slots.filter((slot) => ageInState(table, slot) >= unansweredMs),
            limit: limitOf(listener, surroundings),
          },
        ],
  )
}

/**
 * How many half-open connections the listener takes. Linux: the backlog; with SYN cookies off also three quarters of
 * tcp_max_syn_backlog (net/ipv4/tcp_input.c, tcp_conn_request).
 */
function limitOf({ backlog = assumedBacklog }: Listener, { settings }: Surroundings): number {
  const highest = settings.get('max-syn-backlog')?.[0]
  if (settings.get('syncookies')?.[0] !== cookiesOff || highest === undefined) return Math.max(1, backlog)
  return Math.max(1, Math.min(backlog, Math.floor(highest * 0.75)))
}

function fill({ slots, limit }: HalfOpen): number {
  return slots.length / limit
}

/** While nobody accepts, finished handshakes wait here as well: that is the accept queue's finding, not a flood. */
function ownLevel(
  { table: { mirror }, thresholds }: RuleContext,
  { listener, unanswered, limit }: HalfOpen,
): Candidate['level'] | undefined {
  const level = levelOf(unanswered.length, Math.max(minimumUnanswered, limit * thresholds['syn-received-share']))
  const overflowing = listener.slots.some((slot) => (mirror.columns.receiveQueue[slot] as number) > (backlogOf(mirror, slot) ?? Infinity))
  return level === 'raise' && overflowing ? 'keep' : level
}

/** `cookies` are given where the counter is taken to be about this listener. */
function candidate(
  { table, thresholds, surroundings }: RuleContext,
  cookies: CounterAlarm | undefined,
  { listener, limit }: HalfOpen,
  slots: readonly number[],
  level: Candidate['level'],
): Candidate {
  const { mirror } = table
  const [process, ...otherProcesses] = ownersOfAll(mirror, listener.slots)
  const refusing = slots.length >= limit && surroundings.settings.get('syncookies')?.[0] === cookiesOff
  return {
    key: listener.key,
    level,
    severity: refusing ? 'critical' : 'warning',
    process,
    otherProcesses,
    local: localOf(mirror, listener.slots[0] ?? 0),
    evidence: slots,
    figures: [
      ...known('rows', 'count', slots.length),
      measured('share', slots.length / limit, 'syn-received-share', thresholds),
      ...known('backlog', 'count', listener.backlog),
      ...known('hosts', 'count', new Set(slots.map((slot) => remoteHostKey(mirror.columns, slot))).size),
      ...known('oldest-age', 'milliseconds', oldestAge(table, slots)),
      ...known('syn-cookies', 'per-minute', cookies?.rise.lastMinute),
    ],
    breakdowns: [breakdownByRemoteAddress(mirror, slots)],
  }
}

/** Cookies go out, and no half-open row shows for which listener; `listener` is the one it was about before. */
function withoutRows({ table: { mirror } }: RuleContext, cookies: CounterAlarm, listener: Listener | undefined): Candidate {
  const [process, ...otherProcesses] = listener === undefined ? [] : ownersOfAll(mirror, listener.slots)
  return {
    key: listener?.key ?? machineKey,
    level: cookies.level ?? 'keep',
    severity: 'warning',
    process,
    otherProcesses,
    ...(listener === undefined ? {} : { local: localOf(mirror, listener.slots[0] ?? 0) }),
    evidence: [],
    figures: [...known('syn-cookies', 'per-minute', cookies.rise.lastMinute), ...known('backlog', 'count', listener?.backlog)],
  }
}
