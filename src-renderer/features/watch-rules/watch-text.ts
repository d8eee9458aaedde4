/** Rules and alarms in the reader's words. Pure: texts and formats are passed in. */
import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { WatchEntry } from '../../stores/watch-rules.ts'
import type { CellFormat } from '../../view/format.ts'
import type { RuleProblem } from '../../view/watch/compile-rule.ts'
import type { WatchedRow } from '../../view/watch/watched-row.ts'

type Say = Text['t']

/** What the rule waits for, as one sentence without its name. */
export function ruleText({ kind, query, count }: Pick<WatchRule, 'kind' | 'query' | 'count'>, t: Say, { integer }: CellFormat): string {
  const what = query === '' ? t('watch.anyRow') : query
  return t(`watch.rule.${kind}`, { what, number: integer(count) })
}

/** What happened: "2 new rows: nginx[7] 127.0.0.1:80 LISTEN". */
export function entryText({ rule, total, rows }: WatchEntry, t: Say, format: CellFormat): string {
  const parameters = { count: total, number: format.integer(total), limit: format.integer(rule.count) }
  const news = t(`watch.told.${rule.kind}`, parameters)
  const [first] = rows
  return first === undefined ? news : t('watch.withRow', { news, row: rowText(first, format) })
}

export function rowText({ process, protocol, local, remote, state }: WatchedRow, { stateText }: CellFormat): string {
  const ends = remote === undefined ? local : `${local} → ${remote}`
  return [process, protocol, ends, state === undefined ? undefined : stateText(state)].filter(Boolean).join(' ')
}

export function ruleProblemText(problem: RuleProblem, t: Say): string {
  if (problem.kind === 'time-dependent') return t('watch.timeDependent')
  if (problem.kind === 'names-off') return t(`watch.namesOff.${problem.key}`)
  if (problem.kind === 'too-long') return t('watch.tooLong')
  const { code, parameters } = problem.error
  const { nearest } = parameters
  return [t(`queryError.${code}`, parameters), nearest === undefined ? '' : t('queryNearest', { nearest })].join(' ').trim()
}
