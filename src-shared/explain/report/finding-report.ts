/** The diagnosis as a document to hand on: the machine, the findings with everything known about them, and what could not be seen. */
import type { DiagnosisReport, Finding, RuleId } from '../../contract/diagnosis.ts'
import type { KernelSetting } from '../../contract/network.ts'
import type { HostInfo } from '../../contract/status.ts'
import { thresholdIds, thresholds as allThresholds, type Thresholds } from '../../model/thresholds.ts'
import { capabilityReasonText } from '../capability-texts.ts'
import { explainFinding } from '../findings/explain-finding.ts'
import { safeText } from '../findings/finding-subject.ts'
import { durationText, numberText } from '../findings/finding-values.ts'
import { neededWatchMs, ruleKnowledge, tooShortFor } from '../findings/rule-knowledge.ts'
import { ruleName, thresholdText } from '../findings/rule-texts.ts'
import { thresholdTerm } from '../findings/term-texts.ts'
import type { ExplainLanguage } from '../state-text.ts'
import type { ReportEvidence } from './evidence-blocks.ts'
import { allFindingBlocks, listOf, section } from './finding-blocks.ts'
import { markdownReport } from './markdown-report.ts'
import type { ReportBlock } from './report-block.ts'
import { reportLabels } from './report-labels.ts'
import { textReport } from './text-report.ts'

export interface FindingReportInput {
  readonly report: DiagnosisReport
  /** Only this finding, now or ended; absent: all of them. */
  readonly finding?: string
  readonly host: Pick<HostInfo, 'machine' | 'version' | 'platform' | 'userName' | 'elevated'>
  /** System release. */
  readonly kernel?: string
  /** Where the rows come from, such as `netlink`. */
  readonly source?: string
  readonly thresholds: Thresholds
  /** The rules that were asked for; absent: all. */
  readonly rules?: readonly RuleId[]
  readonly settings: readonly KernelSetting[]
  /** By finding id. */
  readonly evidence: ReadonlyMap<string, ReportEvidence>
  readonly language: ExplainLanguage
}

export const reportFormats = ['markdown', 'text'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Ends with a newline. */
export function findingReport(input: FindingReportInput, format: ReportFormat): string {
  const blocks = reportBlocks(input)
  return format === 'markdown' ? markdownReport(blocks) : `${textReport(blocks).join('\n')}\n`
}

function reportBlocks(input: FindingReportInput): ReportBlock[] {
  const { report, finding, language, host, settings } = input
  const labels = reportLabels[language]
  const isWanted = ({ id }: Finding): boolean => finding === undefined || id === finding
  const shown = report.findings.filter(isWanted)
  const circumstances = { platform: host.platform, language, settings, now: report.takenAt }
  return [
    { kind: 'heading', level: 1, text: labels.title },
    machineTable(input),
    ...(finding === undefined && report.findings.length === 0 ? [{ kind: 'paragraph', text: labels.nothing } as const] : []),
    ...allFindingBlocks(shown, circumstances, input.evidence),
    ...endedBlocks(report.ended.filter(isWanted), input),
    ...(finding === undefined ? limitBlocks(report, input.thresholds, language, input.rules) : []),
    ...thresholdBlocks(input, finding === undefined ? undefined : [...shown, ...report.ended].find(isWanted)?.rule),
  ]
}

function machineTable({ host, kernel = '', source, report, language }: FindingReportInput): ReportBlock {
  const labels = reportLabels[language]
  const { takenAt, watchingSince, looks } = report
  const rows = [
    [labels.machine, safeText(host.machine)],
    [labels.system, safeText(`${host.platform} ${kernel}`.trim())],
    [labels.user, [safeText(host.userName ?? ''), host.elevated ? `(${labels.elevated})` : ''].join(' ').trim()],
    [labels.version, safeText(host.version)],
    [labels.source, safeText(source ?? '')],
    [labels.takenAt, timeText(takenAt)],
    [labels.watched, labels.watchedFor(durationText(takenAt - watchingSince, language), numberText(looks, language))],
  ].filter(([, value]) => value !== '')
  const columns = ['', ''].map((header) => ({ header, align: 'left' }) as const)
  return { kind: 'table', columns, rows }
}

function endedBlocks(ended: readonly Finding[], { language, host, report }: FindingReportInput): ReportBlock[] {
  const labels = reportLabels[language]
  const columns = [labels.endedAt, labels.held, labels.finding].map((header) => ({ header, align: 'left' }) as const)
  const rows = ended.map((finding) => {
    const { title } = explainFinding(finding, { platform: host.platform, language, now: report.takenAt })
    const endedAt = finding.endedAt ?? report.takenAt
    return [timeText(endedAt), durationText(endedAt - finding.since, language), title]
  })
  return section(labels.ended, rows.length === 0 ? [] : [{ kind: 'table', columns, rows }], 2)
}

/** What the diagnosis could not see, so that silence is not mistaken for health. `only` limits it to these rules. */
export function limitBlocks(
  { unwatched, takenAt, watchingSince }: DiagnosisReport,
  thresholds: Thresholds,
  language: ExplainLanguage,
  only?: readonly RuleId[],
): ReportBlock[] {
  const labels = reportLabels[language]
  const wanted = (rule: RuleId): boolean => only?.includes(rule) ?? true
  const watchedMs = takenAt - watchingSince
  const blind = unwatched.filter(({ rule }) => wanted(rule))
  const short = tooShortFor(watchedMs, thresholds).filter((rule) => wanted(rule) && !blind.some((each) => each.rule === rule))
  const name = (rule: RuleId): string => labels.rule(ruleName(rule, language), rule)
  return [
    ...section(
      labels.notWatched,
      listOf(blind.map(({ rule, reason }) => labels.notWatchedItem(name(rule), capabilityReasonText(reason, language)))),
      2,
    ),
    ...section(
      labels.tooShort,
      listOf(
        short.map((rule) =>
          labels.tooShortItem(name(rule), durationText(neededWatchMs(rule, thresholds), language), durationText(watchedMs, language)),
        ),
      ),
      2,
    ),
  ]
}

function thresholdBlocks({ thresholds, language }: FindingReportInput, rule: RuleId | undefined): ReportBlock[] {
  const labels = reportLabels[language]
  const ids = rule === undefined ? thresholdIds : ruleKnowledge[rule].thresholds
  const columns = [labels.threshold, labels.value, labels.meaning].map((header) => ({ header, align: 'left' }) as const)
  const rows = ids.map((id) => {
    const changed = thresholds[id] === allThresholds[id].usual ? '' : ` ${labels.changedThreshold}`
    return [id, `${thresholdText(id, thresholds[id], language)}${changed}`, thresholdTerm(id, language).meaning]
  })
  return section(labels.thresholds, rows.length === 0 ? [] : [{ kind: 'table', columns, rows }], 2)
}

/** The same words in every place of the world and every language. */
function timeText(unixMs: number): string {
  return `${new Date(unixMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
