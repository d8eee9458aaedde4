import { machineKey } from '../counter-alarm.ts'
import { breakdownByRemoteAddress, breakdownByRemoteEndpoint } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { PeerGroups, type PeerGroup } from '../peer-groups.ts'
import { RatioWindow, type Ratio } from '../ratio-window.ts'
import { RetransmissionWatch } from '../retransmission-watch.ts'
import { RowHysteresis } from '../row-hysteresis.ts'
import { meanOf } from '../row-sums.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import { firstUntold } from '../told-by-source.ts'

interface Memory {
  readonly machine: RatioWindow
  readonly connections: RetransmissionWatch
  readonly peers: PeerGroups
  readonly evidence: RowHysteresis
}

/** Of fewer segments a share says nothing: three lost of ten may be the weather. */
const leastSegments = { connection: 100, machine: 1000 } as const
/** What connections by themselves explain of the machine's repeats: more, and there is nothing else to tell. */
const explainedShare = 0.5

/** RFC 5681: losses are how TCP learns of congestion, so a few are normal; at several in a hundred it nearly comes to rest. */
export const retransmissionStorm: Rule<Memory> = {
  id: 'retransmission-storm',
  start: () => ({
    machine: new RatioWindow(),
    connections: new RetransmissionWatch(),
    peers: new PeerGroups(),
    evidence: new RowHysteresis(),
  }),
  examine: (context, { machine, connections, peers, evidence }) => {
    const { table, thresholds } = context
    const windowMs = thresholds['retransmit-window']
    connections.observe(table, windowMs)
    const ratios = connections.watched(table, windowMs)
    const levelAt = (slot: number): Candidate['level'] | undefined =>
      levelOfRatio(context, ratios.get(slot) ?? nothing, leastSegments.connection)
    const lossy = [...ratios.keys()].filter((slot) => levelAt(slot) !== undefined)
    const whole = lossy.filter((slot) => ratios.get(slot)?.isWhole === true)
    const named = evidence.select(table, whole, levelAt)
    const found = peers.group(table.mirror, named).map((group) => ofPeer(context, group, ratios))
    return [...found, ...ofMachine(context, machine, ratios, lossy)]
  },
  unwatched: (surroundings) => (surroundings.counters.sentSegments === undefined ? firstUntold(surroundings, ['retransmits']) : undefined),
}

function levelOfRatio({ thresholds }: RuleContext, { sent, again }: Ratio, least: number): Candidate['level'] | undefined {
  return sent < least ? undefined : levelOf(again / sent, thresholds['retransmit-share'])
}

function ofPeer(context: RuleContext, { key, process, remote, slots }: PeerGroup, ratios: ReadonlyMap<number, Ratio>): Candidate {
  const { mirror } = context.table
  const raised = slots.some((slot) => levelOfRatio(context, ratios.get(slot) ?? nothing, leastSegments.connection) === 'raise')
  return {
    key,
    level: raised ? 'raise' : 'keep',
    severity: 'warning',
    process,
    ...(remote === undefined ? {} : { remote }),
    evidence: slots,
    figures: figuresOf(context, total(slots, ratios), slots),
    breakdowns: [remote === undefined ? breakdownByRemoteAddress(mirror, slots) : breakdownByRemoteEndpoint(mirror, slots)],
  }
}

/**
 * Where connections are not told one by one, or the repeats are spread thin over many of them. `lossy` are connections that explain a
 * part of them, also those whose window is not over: they are named soon.
 */
function ofMachine(
  context: RuleContext,
  machine: RatioWindow,
  ratios: ReadonlyMap<number, Ratio>,
  lossy: readonly number[],
): readonly Candidate[] {
  const { table, surroundings, thresholds, now } = context
  const { sentSegments, retransmittedSegments } = surroundings.counters
  const windowMs = thresholds['retransmit-window']
  if (table.jumped) machine.clear()
  if (sentSegments === undefined || retransmittedSegments === undefined) return []
  // RFC 4022 counts repeats apart: tcpOutSegs is without them.
  machine.observe(now, { sent: sentSegments + retransmittedSegments, again: retransmittedSegments }, windowMs)
  const ratio = machine.added
  const level = machine.isWhole(windowMs) ? levelOfRatio(context, ratio, leastSegments.machine) : undefined
  if (level === undefined || total(lossy, ratios).again >= ratio.again * explainedShare) return []
  const evidence = [...ratios].flatMap(([slot, { again }]) => (again > 0 ? [slot] : []))
  return [
    {
      key: machineKey,
      level,
      severity: 'warning',
      evidence,
      figures: figuresOf(context, ratio, evidence),
      breakdowns: evidence.length === 0 ? [] : [breakdownByRemoteAddress(table.mirror, evidence)],
    },
  ]
}

const nothing: Ratio = { sent: 0, again: 0 }

function total(slots: readonly number[], ratios: ReadonlyMap<number, Ratio>): Ratio {
  return slots
    .map((slot) => ratios.get(slot) ?? nothing)
    .reduce((sum, { sent, again }) => ({ sent: sum.sent + sent, again: sum.again + again }), nothing)
}

function figuresOf({ table, thresholds }: RuleContext, { sent, again }: Ratio, slots: readonly number[]): Candidate['figures'] {
  return [
    measured('retransmit-share', again / Math.max(1, sent), 'retransmit-share', thresholds),
    ...known('retransmits', 'count', again),
    ...known('segments-sent', 'count', sent),
    ...known('rows', 'count', slots.length === 0 ? undefined : slots.length),
    ...known('round-trip', 'milliseconds', meanOf(table.mirror.columns.roundTripMs, slots)),
  ]
}
