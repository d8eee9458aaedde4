/** Findings as tests need them: one that has everything, for each rule. */
import { factIds, figureIds, type Finding, type FigureUnit, type RuleId } from '../../src-shared/contract/diagnosis.ts'
import { ruleKnowledge } from '../../src-shared/explain/findings/rule-knowledge.ts'
import { thresholds } from '../../src-shared/model/thresholds.ts'

export const findingNow = Date.UTC(2026, 10, 20, 8, 0, 0)

const units: Partial<Record<(typeof figureIds)[number], FigureUnit>> = {
  'oldest-age': 'milliseconds',
  held: 'milliseconds',
  'mean-lifetime': 'milliseconds',
  'round-trip': 'milliseconds',
  'last-received': 'milliseconds',
  'last-sent': 'milliseconds',
  queue: 'bytes',
  share: 'share',
  'retransmit-share': 'share',
  'processor-share': 'share',
  'opened-rate': 'per-second',
  'closed-rate': 'per-second',
  overflows: 'per-minute',
}

/** Every figure, fact and kind of breakdown there is, whatever the rule. */
export function fullFinding(rule: RuleId, more: Partial<Finding> = {}): Finding {
  const ids = ruleKnowledge[rule].thresholds
  return {
    id: `${rule}:812@t812`,
    rule,
    severity: 'warning',
    process: { pid: 812, startToken: 't812', name: 'nginx', executable: '/usr/sbin/nginx', user: 'www' },
    otherProcesses: [{ pid: 4242, startToken: 't4242', name: 'node' }],
    local: { address: '192.0.2.1', port: 8080 },
    remote: { address: '2001:db8::7', port: 443 },
    since: findingNow - 125_000,
    rows: 12,
    figures: figureIds.map((id, index) => {
      const threshold = ids[index]
      const told = threshold === undefined ? {} : { threshold: { id: threshold, value: thresholds[threshold].usual } }
      return Object.assign(told, { id, unit: units[id] ?? ('count' as const), value: (id === 'descriptor-limit' ? 0 : 0.5) + index * 1000 })
    }),
    facts: factIds.map((id) => ({ id, value: id === 'route' ? 'absent' : `value of ${id}` })),
    breakdowns: [
      {
        by: 'remote-address',
        parts: [
          { label: '2001:db8::7', rows: 8 },
          { label: '192.0.2.9', rows: 3 },
        ],
        others: 1,
      },
    ],
    trend: { perMinute: 24, direction: 'rising' },
    series: [
      { at: findingNow - 1000, value: 11 },
      { at: findingNow, value: 12 },
    ],
    ...more,
  }
}

/** What remains when next to nothing is known. */
export function bareFinding(rule: RuleId): Finding {
  const { id, severity, since } = fullFinding(rule)
  return { id, rule, severity, since, rows: 1, figures: [], facts: [], breakdowns: [], series: [] }
}
