import { breakdownByRemoteAddress } from '../endpoint-breakdowns.ts'
import { known, measured } from '../figures.ts'
import { groupByOwner, type OwnerGroup } from '../owner-groups.ts'
import { ageInState, oldestAge } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import { trendOf, withSample, type Sample } from '../trend.ts'

/** Long enough to tell falling from wavering. */
const fallingWindowMs = 30_000
/** A count that loses this share of itself per minute is being worked off. */
const fallingShare = 0.25

/** CLOSE_WAIT rows of each process over time, of whatever age. */
type Memory = Map<string, readonly Sample[]>

/** RFC 9293 section 3.6: in CLOSE-WAIT the local user has yet to close. Nothing but the program ends it. */
export const closeWaitLeak: Rule<Memory> = {
  id: 'close-wait-leak',
  start: () => new Map(),
  examine: (context, memory) => {
    const groups = groupByOwner(context.table.mirror, context.states.CLOSE_WAIT)
    remember(memory, groups, context.now)
    return groups.flatMap((group) => {
      const evidence = group.slots.filter((slot) => ageInState(context.table, slot) >= context.thresholds['close-wait-age'])
      const level = levelOfCount(evidence.length, context.thresholds['close-wait-count'])
      if (level === undefined) return []
      return [candidate(context, group, evidence, isFalling(memory.get(group.key)) ? 'keep' : level)]
    })
  },
}

function remember(memory: Memory, groups: readonly OwnerGroup[], now: number): void {
  const before = new Map(memory)
  memory.clear()
  for (const { key, slots } of groups) memory.set(key, withSample(before.get(key) ?? [], { at: now, value: slots.length }, fallingWindowMs))
}

function isFalling(samples: readonly Sample[] = []): boolean {
  const trend = trendOf(samples)
  return trend !== undefined && trend.perMinute < -fallingShare * (samples.at(-1)?.value ?? 0)
}

function candidate(
  { table, thresholds, surroundings }: RuleContext,
  { key, process, unseenUser }: OwnerGroup,
  evidence: readonly number[],
  level: Candidate['level'],
): Candidate {
  const descriptors = process === undefined ? undefined : surroundings.descriptorsOf(process)
  return {
    key,
    level,
    severity: 'warning',
    process,
    unseenUser,
    evidence,
    figures: [
      measured('rows', evidence.length, 'close-wait-count', thresholds),
      measured('oldest-age', oldestAge(table, evidence), 'close-wait-age', thresholds),
      ...known('descriptors', 'count', descriptors?.used),
      ...known('descriptor-limit', 'count', descriptors?.limit),
    ],
    breakdowns: [breakdownByRemoteAddress(table.mirror, evidence)],
  }
}
