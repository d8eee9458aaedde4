import type { DiagnosisReport, Finding, Severity } from '../../src-shared/contract/diagnosis.ts'
import type { KernelSetting } from '../../src-shared/contract/network.ts'
import type { HostInfo } from '../../src-shared/contract/status.ts'
import { explainFinding } from '../../src-shared/explain/findings/explain-finding.ts'
import { durationText, numberText } from '../../src-shared/explain/findings/finding-values.ts'
import { neededWatchMs, tooShortFor } from '../../src-shared/explain/findings/rule-knowledge.ts'
import type { ReportEvidence } from '../../src-shared/explain/report/evidence-blocks.ts'
import { allFindingBlocks } from '../../src-shared/explain/report/finding-blocks.ts'
import { findingReport, limitBlocks } from '../../src-shared/explain/report/finding-report.ts'
import { textReport } from '../../src-shared/explain/report/text-report.ts'
import { thresholdsInForce, type ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import { visibleJson } from '../../src-shared/text/visible-text.ts'
import type { CommandContext } from './command.ts'
import type { DiagnoseWanted } from './diagnose-options.ts'
import { coloursFor, type Colours } from './text/colours.ts'

export interface Diagnosed {
  readonly report: DiagnosisReport
  readonly host: HostInfo
  readonly kernel: string | undefined
  readonly source: string | undefined
  readonly settings: readonly KernelSetting[]
  /** By finding id. */
  readonly evidence: ReadonlyMap<string, ReportEvidence>
  readonly thresholds: ChosenThresholds
}

export function writeDiagnosis(context: CommandContext, diagnosed: Diagnosed, wanted: DiagnoseWanted): void {
  switch (wanted.form) {
    case 'json':
      context.out(visibleJson(diagnosisJson(diagnosed, wanted), 2))
      return
    case 'usual':
      writeForPeople(context, diagnosed, wanted)
      return
    case 'markdown':
    case 'text':
      context.out(findingReport(reportInput(context, diagnosed, wanted), wanted.form).trimEnd())
  }
}

function reportInput({ language }: CommandContext, { kernel, source, ...diagnosed }: Diagnosed, { rules }: DiagnoseWanted) {
  return {
    ...diagnosed,
    ...(kernel !== undefined && { kernel }),
    ...(source !== undefined && { source }),
    thresholds: thresholdsInForce(diagnosed.thresholds),
    rules,
    language,
  }
}

/** Longer lines are hard to read on a wide terminal, and a pipe has no width. */
const widestText = 100

function writeForPeople(
  context: CommandContext,
  { report, host, settings, evidence, thresholds }: Diagnosed,
  { rules }: DiagnoseWanted,
): void {
  const { out, messages, language, environment } = context
  const { takenAt, watchingSince, looks, findings, ended } = report
  const colours = coloursFor(environment.stdout, environment.variables)
  const circumstances = { platform: host.platform, language, settings, now: takenAt }
  const options = {
    width: Math.min(environment.stdout.columns ?? widestText, widestText),
    paint: ({ text, severity }: { readonly text: string; readonly severity?: Severity }) => paintOf(colours, severity)(text),
  }
  const found = allFindingBlocks(findings, circumstances, evidence)
  if (found.length > 0) out(...textReport(found, options), '')
  for (const finding of ended) out(messages.diagnose.overAgain(explainFinding(finding, circumstances).title))
  const limits = limitBlocks(report, thresholdsInForce(thresholds), language, rules)
  if (limits.length > 0) out(...textReport(limits, options), '')
  const [duration, counted] = [durationText(takenAt - watchingSince, language), numberText(looks, language)]
  const count = findings.length + ended.length
  out(count === 0 ? messages.diagnose.nothing(duration, counted) : messages.diagnose.found(count, duration, counted))
}

function paintOf(colours: Colours, severity: Severity | undefined): (text: string) => string {
  if (severity === 'critical') return colours.bad
  return severity === 'warning' ? colours.warning : colours.header
}

/** The shape is documented in docs/cli.md; words in it never change with language. */
function diagnosisJson({ report, host, kernel, source, evidence, thresholds }: Diagnosed, { rules }: DiagnoseWanted): object {
  const { takenAt, watchingSince, looks, findings, ended, unwatched } = report
  const inForce = thresholdsInForce(thresholds)
  const blind = new Set(unwatched.map(({ rule }) => rule))
  const short = tooShortFor(takenAt - watchingSince, inForce).filter((rule) => rules.includes(rule) && !blind.has(rule))
  const withEvidence = (finding: Finding): object => ({ ...finding, evidence: evidence.get(finding.id) ?? { connections: [], total: 0 } })
  return {
    takenAt,
    watchingSince,
    looks,
    host: { machine: host.machine, platform: host.platform, kernel, source, version: host.version },
    thresholds: inForce,
    findings: findings.map(withEvidence),
    ended,
    unwatched,
    tooShort: short.map((rule) => ({ rule, neededMs: neededWatchMs(rule, inForce) })),
  }
}
