import { endpointText } from '../../../src-shared/model/address.ts'
import { remoteKey } from '../endpoint-key.ts'
import { known, measured } from '../figures.ts'
import { groupBy } from '../group-by.ts'
import { breakdownByProcess, mainProcess } from '../owner-groups.ts'
import { totalRetransmits } from '../retransmits.ts'
import { ageInState, oldestAge, remoteOf } from '../row-facts.ts'
import { levelOfCount, type Candidate, type Rule, type RuleContext } from '../rule.ts'

/** RFC 9293 section 3.5: an answer to a SYN takes one round trip; seconds mean that nobody answers or that the way is cut. */
export const synSentStalled: Rule<undefined> = {
  id: 'syn-sent-stalled',
  start: () => undefined,
  examine: (context) => {
    const { table, states, thresholds } = context
    const old = states.SYN_SENT.filter((slot) => ageInState(table, slot) >= thresholds['syn-sent-age'])
    const byRemote = groupBy(old, (slot) => remoteKey(table.mirror.columns, slot))
    return [...byRemote.values()].flatMap((evidence) => {
      const level = levelOfCount(evidence.length, thresholds['syn-sent-count'])
      return level === undefined ? [] : [candidate(context, evidence, level)]
    })
  },
}

function candidate({ table, thresholds, surroundings }: RuleContext, evidence: readonly number[], level: Candidate['level']): Candidate {
  const { mirror } = table
  const remote = remoteOf(mirror, evidence[0] ?? 0)
  const route = surroundings.routeTo(remote.address)
  return {
    key: endpointText(remote.address, remote.port),
    level,
    severity: 'warning',
    ...mainProcess(mirror, evidence),
    remote,
    evidence,
    figures: [
      measured('rows', evidence.length, 'syn-sent-count', thresholds),
      measured('oldest-age', oldestAge(table, evidence), 'syn-sent-age', thresholds),
      ...known('retransmits', 'count', totalRetransmits(mirror, evidence)),
    ],
    facts: route === undefined ? [] : [{ id: 'route', value: route }],
    breakdowns: [breakdownByProcess(mirror, evidence)],
  }
}
