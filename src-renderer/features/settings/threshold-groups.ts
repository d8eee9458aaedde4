import { ruleIds, type RuleId } from '../../../src-shared/contract/diagnosis.ts'
import { ruleKnowledge } from '../../../src-shared/explain/findings/rule-knowledge.ts'
import type { ThresholdId } from '../../../src-shared/model/thresholds.ts'

export interface ThresholdGroup {
  /** Rules that share these thresholds. */
  readonly rules: readonly RuleId[]
  readonly thresholds: readonly ThresholdId[]
}

/** Every threshold once, under the rules that it is for; rules without any are left out. */
export const thresholdGroups: readonly ThresholdGroup[] = groupsOf(ruleIds)

function groupsOf(rules: readonly RuleId[]): ThresholdGroup[] {
  const groups = new Map<string, { readonly rules: RuleId[]; readonly thresholds: readonly ThresholdId[] }>()
  for (const rule of rules) {
    const { thresholds } = ruleKnowledge[rule]
    const group = groups.get(thresholds.join(' '))
    if (group === undefined) groups.set(thresholds.join(' '), { rules: [rule], thresholds })
    else group.rules.push(rule)
  }
  return [...groups.values()].filter(({ thresholds }) => thresholds.length > 0)
}
