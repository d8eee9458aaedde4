/** Findings in the reader's language, for this machine's system. */
import type { Finding, FindingProcess, RuleId, Severity } from '../../src-shared/contract/diagnosis.ts'
import { explainFinding, type FindingExplanation } from '../../src-shared/explain/findings/explain-finding.ts'
import { processText } from '../../src-shared/explain/findings/finding-subject.ts'
import { neededWatchMs } from '../../src-shared/explain/findings/rule-knowledge.ts'
import { ruleCondition, ruleName } from '../../src-shared/explain/findings/rule-texts.ts'
import { severityTerm } from '../../src-shared/explain/findings/term-texts.ts'
import { thresholdsInForce } from '../../src-shared/model/thresholds.ts'
import { useText } from '../i18n/use-text.ts'
import { useGauges } from '../stores/gauges.ts'
import { useFindings } from '../stores/findings.ts'
import { useSettings } from '../stores/settings.ts'
import { useStatus } from '../stores/status.ts'

export interface FindingText {
  readonly explain: (finding: Finding) => FindingExplanation
  readonly severityName: (severity: Severity) => string
  readonly ruleName: (rule: RuleId) => string
  /** When the rule fires, with the thresholds in force. */
  readonly ruleCondition: (rule: RuleId) => string
  /** Milliseconds of watching that the rule needs before it can fire. */
  readonly neededWatchMs: (rule: RuleId) => number
  readonly processName: (process: FindingProcess) => string
}

export function useFindingText(): FindingText {
  const { locale } = useText()
  const status = useStatus()
  const findings = useFindings()
  const gauges = useGauges()
  const settings = useSettings()
  return {
    explain: (finding) =>
      explainFinding(finding, {
        platform: status.host?.platform ?? '',
        language: locale.value,
        settings: gauges.settings?.settings ?? [],
        now: findings.report?.takenAt ?? finding.since,
      }),
    severityName: (severity) => severityTerm(severity, locale.value).name,
    ruleName: (rule) => ruleName(rule, locale.value),
    ruleCondition: (rule) => ruleCondition(rule, thresholdsInForce(settings.current.thresholds), locale.value),
    neededWatchMs: (rule) => neededWatchMs(rule, thresholdsInForce(settings.current.thresholds)),
    processName: processText,
  }
}
