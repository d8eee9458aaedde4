import { visibilityCode } from '../../../src-shared/model/visibility.ts'
import { breakdownByRemoteAddress } from '../endpoint-breakdowns.ts'
import { measured } from '../figures.ts'
import { groupByOwner, ownersOfAll, type OwnerGroup } from '../owner-groups.ts'
import { ageInState, oldestAge, processLabel } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'
import { Twins } from '../twins.ts'

const gone = visibilityCode('gone')
/** More programs on the other end than these are not read. */
const maximumTwins = 3

/**
 * RFC 9293 section 3.6: the peer has yet to close. Only rows that a process still holds: the others are removed by the system after a
 * while (Linux: tcp_fin_timeout).
 */
export const finWait2Stuck: Rule<undefined> = {
  id: 'fin-wait-2-stuck',
  start: () => undefined,
  examine: (context) => {
    const { table, states, thresholds } = context
    const old = states.FIN_WAIT_2.filter((slot) => isHeld(context, slot) && ageInState(table, slot) >= thresholds['fin-wait-2-age'])
    if (old.length === 0) return []
    const twins = new Twins(table.mirror, states.CLOSE_WAIT)
    return groupByOwner(table.mirror, old).flatMap((group) => {
      const level = levelOfCount(group.slots.length, thresholds['fin-wait-2-count'])
      return level === undefined ? [] : [candidate(context, group, level, twins)]
    })
  },
}

function isHeld({ table: { mirror } }: RuleContext, slot: number): boolean {
  const owner = mirror.ownerOf(slot)
  return owner !== undefined && owner.exited !== true && mirror.columns.visibility[slot] !== gone
}

function candidate(
  { table, thresholds }: RuleContext,
  { key, process, slots }: OwnerGroup,
  level: Candidate['level'],
  twinRows: Twins,
): Candidate {
  const { mirror } = table
  const twinSlots = slots.flatMap((slot) => twinRows.of(slot) ?? [])
  const twins = ownersOfAll(mirror, twinSlots).slice(0, maximumTwins)
  return {
    key,
    level,
    severity: 'warning',
    process,
    otherProcesses: twins,
    evidence: slots,
    figures: [
      measured('rows', slots.length, 'fin-wait-2-count', thresholds),
      measured('oldest-age', oldestAge(table, slots), 'fin-wait-2-age', thresholds),
    ],
    facts: twins.map((twin) => ({ id: 'twin', value: processLabel(twin) })),
    breakdowns: [breakdownByRemoteAddress(mirror, slots)],
  }
}
