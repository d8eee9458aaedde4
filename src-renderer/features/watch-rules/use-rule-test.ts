import { computed, type ComputedRef } from 'vue'
import { maximumWatchQueryLength, type WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { useConnections } from '../../stores/connections.ts'
import { useHostAccess } from '../../stores/host-access.ts'
import { compileRule, type RuleProblem } from '../../view/watch/compile-rule.ts'
import { useRuleWords } from './use-rule-words.ts'
import { ruleProblemText } from './watch-text.ts'

export interface RuleTest {
  readonly problem: RuleProblem | undefined
  /** What the rule would have matched just now, or what is wrong with it. */
  readonly text: string
}

/** Tries a rule on the rows of the table, of which every one is asked; again with each look. */
export function useRuleTest(rule: () => Pick<WatchRule, 'query' | 'kind'>): ComputedRef<RuleTest> {
  const { t } = useText()
  const format = useCellFormat()
  const connections = useConnections()
  const words = useRuleWords()
  const { clock } = useHostAccess()
  const compiled = computed(() => compileRule(rule(), { now: clock.now, ...words.value }))
  return computed(() => {
    const { value } = compiled
    if (!value.ok) {
      const limit = format.value.integer(maximumWatchQueryLength)
      return { problem: value.problem, text: ruleProblemText(value.problem, (key, more) => t(key, { limit, ...more })) }
    }
    void connections.version
    const { mirror } = connections.view
    let count = 0
    const { predicate, undecided } = value.question
    for (const slot of mirror.liveSlots()) if (undecided?.(mirror, slot) !== true && predicate(mirror, slot)) count += 1
    const match = t('watch.wouldMatch', { count, number: format.value.integer(count) })
    return { problem: undefined, text: undecided === undefined ? match : `${match} ${t('watch.namesCome')}` }
  })
}
