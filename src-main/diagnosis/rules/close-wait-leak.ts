import { remoteAddressText } from '../../../src-shared/model/connection.ts'
import { breakdown } from '../breakdown.ts'
import { ageInState, processAt, processKey } from '../row-facts.ts'
import { levelOf, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** Process references and their rows that have been in CLOSE_WAIT for too long. */
function oldRowsByOwner({ table, states, thresholds }: RuleContext): Map<number, number[]> {
  const byOwner = new Map<number, number[]>()
  for (const slot of states.CLOSE_WAIT) {
    if (ageInState(table.mirror, slot) < thresholds['close-wait-age']) continue
    const owner = table.mirror.columns.owner[slot] as number
    const rows = byOwner.get(owner)
    if (rows === undefined) byOwner.set(owner, [slot])
    else rows.push(slot)
  }
  return byOwner
}

/** RFC 9293 section 3.6: in CLOSE-WAIT the local user has yet to close. Nothing but the program ends it. */
export const closeWaitLeak: Rule<undefined> = {
  id: 'close-wait-leak',
  start: () => undefined,
  examine: (context) =>
    [...oldRowsByOwner(context)].flatMap(([owner, evidence]) => {
      const level = levelOf(evidence.length, context.thresholds['close-wait-count'])
      return level === undefined ? [] : [candidate(context, owner, evidence, level)]
    }),
}

function candidate(
  { table: { mirror }, thresholds, surroundings }: RuleContext,
  owner: number,
  evidence: readonly number[],
  level: Candidate['level'],
): Candidate {
  const process = processAt(mirror, owner)
  const descriptors = process === undefined ? undefined : surroundings.descriptorsOf(process.pid)
  const oldest = evidence.reduce((age, slot) => Math.max(age, ageInState(mirror, slot)), 0)
  return {
    key: process === undefined ? 'unknown' : processKey(process),
    level,
    severity: 'warning',
    process,
    evidence,
    figures: [
      { id: 'rows', unit: 'count', value: evidence.length, threshold: { id: 'close-wait-count', value: thresholds['close-wait-count'] } },
      { id: 'oldest-age', unit: 'milliseconds', value: oldest, threshold: { id: 'close-wait-age', value: thresholds['close-wait-age'] } },
      ...(descriptors === undefined ? [] : [{ id: 'descriptors', unit: 'count', value: descriptors.used } as const]),
      ...(descriptors?.limit === undefined ? [] : [{ id: 'descriptor-limit', unit: 'count', value: descriptors.limit } as const]),
    ],
    breakdowns: [breakdown('remote-address', evidence, (slot) => remoteAddressText(mirror, slot))],
  }
}
