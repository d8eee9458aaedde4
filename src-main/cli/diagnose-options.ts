import { ruleIds, severities, type RuleId, type Severity } from '../../src-shared/contract/diagnosis.ts'
import { reportFormats, type ReportFormat } from '../../src-shared/explain/report/finding-report.ts'
import { thresholdText } from '../../src-shared/explain/findings/rule-texts.ts'
import { thresholdIds, thresholds, type ChosenThresholds } from '../../src-shared/model/thresholds.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import { badChoice, choiceOption, numberOption, type CommandContext } from './command.ts'
import type { OptionDefinition } from './arguments.ts'
import type { ExitCode } from './exit-code.ts'
import { parseThresholds, type ThresholdProblem } from './threshold-option.ts'

export const diagnoseOptions: readonly OptionDefinition[] = [
  { name: 'for', value: 'SECONDS' },
  { name: 'interval', value: 'SECONDS' },
  { name: 'thresholds', value: 'ID=VALUE,…' },
  { name: 'usual-thresholds' },
  { name: 'rule', value: 'ID,…' },
  { name: 'severity', value: severities.join('|') },
  { name: 'report', value: reportFormats.join('|') },
  { name: 'json' },
]

/** Long enough for what stalls or piles up for ten seconds, short enough to wait for. */
const usualDurationS = 15
/** A second at least, for a trend; more than a day is a mistake. */
const durationRange = { least: 1, most: 86_400 }
const usualIntervalS = 1
const intervalRange = { least: 0.1, most: 60 }

export interface DiagnoseWanted {
  readonly durationMs: number
  readonly intervalMs: number
  /** Of this run; they win over the settings. */
  readonly thresholds: ChosenThresholds
  readonly rules: readonly RuleId[]
  /** The least severe that counts. */
  readonly severity: Severity
  readonly form: ReportFormat | 'json' | 'usual'
}

export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly exit: ExitCode }

export function readDiagnoseOptions(context: CommandContext): Read<DiagnoseWanted> {
  const duration = numberOption(context, 'for', durationRange)
  if (!duration.ok) return duration
  const interval = numberOption(context, 'interval', intervalRange)
  if (!interval.ok) return interval
  const chosen = readThresholds(context)
  if (!chosen.ok) return chosen
  const rules = readRules(context)
  if (!rules.ok) return rules
  const severity = choiceOption(context, 'severity', severities)
  if (!severity.ok) return severity
  const report = choiceOption(context, 'report', reportFormats)
  if (!report.ok) return report
  const json = context.arguments.has('json')
  if (json && report.value !== undefined)
    return { ok: false, exit: context.misuse(context.messages.usage.notTogether('--json', '--report')) }
  return {
    ok: true,
    value: {
      durationMs: (duration.value ?? usualDurationS) * 1000,
      intervalMs: (interval.value ?? usualIntervalS) * 1000,
      thresholds: chosen.value,
      rules: rules.value,
      severity: severity.value ?? 'notice',
      form: json ? 'json' : (report.value ?? 'usual'),
    },
  }
}

function readRules(context: CommandContext): Read<readonly RuleId[]> {
  const text = context.arguments.valueOf('rule')
  if (text === undefined) return { ok: true, value: ruleIds }
  const words = text.split(',').map((word) => word.trim().toLowerCase())
  const wrong = words.find((word) => !(ruleIds as readonly string[]).includes(word))
  if (wrong !== undefined) return { ok: false, exit: context.misuse(...badChoice(context, '--rule', wrong, ruleIds)) }
  return { ok: true, value: ruleIds.filter((id) => words.includes(id)) }
}

function readThresholds(context: CommandContext): Read<ChosenThresholds> {
  const text = context.arguments.valueOf('thresholds')
  if (text === undefined) return { ok: true, value: {} }
  const outcome = parseThresholds(text)
  return outcome.ok ? outcome : { ok: false, exit: context.misuse(...problemLines(outcome.problem, context)) }
}

/** What is wrong, with the nearest id or the limits. */
function problemLines(problem: ThresholdProblem, { messages, language }: CommandContext): string[] {
  const texts = messages.diagnose
  switch (problem.kind) {
    case 'no-value':
      return [texts.noValue(visibleText(problem.entry))]
    case 'unknown':
      return [
        texts.unknownThreshold(visibleText(problem.id)),
        problem.near === undefined ? texts.knownThresholds(thresholdIds.join(', ')) : messages.usage.didYouMean(problem.near),
      ]
    case 'twice':
      return [texts.thresholdTwice(problem.id)]
    case 'bad-value': {
      const { minimum, maximum } = thresholds[problem.id]
      const [least, most] = [minimum, maximum].map((value) => thresholdText(problem.id, value, language))
      const value = visibleText(problem.value)
      const line = texts.badThreshold(problem.id, value, least ?? '', most ?? '')
      return problem.unitMissing ? [line, texts.unitMissing(value)] : [line]
    }
  }
}
