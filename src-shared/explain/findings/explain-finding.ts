/** Puts a finding into words: what it is, what it means, what to do, with the commands of the system it was made on. Runs nothing. */
import type { Breakdown, FactId, Figure, FigureId, Finding } from '../../contract/diagnosis.ts'
import type { KernelSetting, KernelSettingId } from '../../contract/network.ts'
import { withoutUndefined } from '../../model/connection.ts'
import type { ThresholdId } from '../../model/thresholds.ts'
import { settingMeaning } from '../setting-texts.ts'
import type { ExplainLanguage } from '../state-text.ts'
import { commandParameters } from './command-parameters.ts'
import { commandPurposeTexts } from './command-purposes.ts'
import { linuxCommands } from './commands-linux.ts'
import { macosCommands } from './commands-macos.ts'
import { windowsCommands } from './commands-windows.ts'
import type { CommandList } from './finding-command.ts'
import { findingSubject, safeText } from './finding-subject.ts'
import { durationText, figureValueText, numberText } from './finding-values.ts'
import { ruleKnowledge, type FindingAction } from './rule-knowledge.ts'
import { findingPlatforms, type Advice, type FindingPlatform } from './rule-text.ts'
import { ruleTexts, thresholdText } from './rule-texts.ts'
import { termTexts } from './term-texts.ts'

export interface FindingCircumstances {
  /** Node's word for the system, as `HostInfo.platform`; on an unknown one there are no commands. */
  readonly platform: string
  readonly language: ExplainLanguage
  /** Current values, as `getKernelSettings` tells them. */
  readonly settings?: readonly KernelSetting[]
  /** Unix milliseconds. */
  readonly now: number
}

export interface ExplainedFigure {
  readonly id: FigureId
  readonly name: string
  readonly value: string
  readonly meaning: string
  /** The threshold that it reached. */
  readonly threshold?: { readonly id: ThresholdId; readonly name: string; readonly value: string }
}

export interface ExplainedBreakdown {
  readonly by: Breakdown['by']
  readonly title: string
  readonly parts: readonly { readonly label: string; readonly rows: string }[]
  /** Rows of parts that are not listed. */
  readonly others?: string
}

export interface ExplainedSetting {
  readonly id: KernelSettingId
  /** The system's own name. */
  readonly name: string
  readonly meaning: string
  readonly value: string
  readonly usual?: string
  readonly changed: boolean
}

export interface ExplainedCommand {
  readonly purpose: string
  /** One line, to be copied. */
  readonly line: string
  /** Needs root, or an administrator. */
  readonly elevated: boolean
  /** Changes something; the others only look. */
  readonly changes: boolean
}

export interface FindingExplanation {
  readonly title: string
  readonly severity: string
  /** For how long, or that it is over. */
  readonly held: string
  /** Where the first figure is going, where that is known. */
  readonly trend?: string
  readonly meaning: string
  readonly cannotTell: string
  readonly now: readonly string[]
  readonly lasting: readonly string[]
  /** Frequent advice that is wrong, put right. */
  readonly myths: readonly string[]
  readonly figures: readonly ExplainedFigure[]
  readonly facts: readonly { readonly id: FactId; readonly name: string; readonly value: string }[]
  readonly breakdowns: readonly ExplainedBreakdown[]
  readonly settings: readonly ExplainedSetting[]
  readonly commands: readonly ExplainedCommand[]
  readonly actions: readonly FindingAction[]
}

export function explainFinding(finding: Finding, { platform, language, settings = [], now }: FindingCircumstances): FindingExplanation {
  const text = ruleTexts[language][finding.rule]
  const terms = termTexts[language]
  const known = ruleKnowledge[finding.rule]
  const system = findingPlatforms.find((name) => name === platform)
  const duration = durationText((finding.endedAt ?? now) - finding.since, language)
  const { trend } = finding
  return withoutUndefined<FindingExplanation>({
    title: text.title(findingSubject(finding)),
    severity: terms.severities[finding.severity].name,
    held: finding.endedAt === undefined ? terms.since(duration) : terms.endedAfter(duration),
    trend: trend === undefined ? undefined : terms.trends[trend.direction](slopeText(finding, language)),
    meaning: text.meaning,
    cannotTell: text.cannotTell,
    now: adviceFor(text.now, system),
    lasting: adviceFor(text.lasting, system),
    myths: adviceFor(text.myths, system),
    figures: finding.figures.map((figure) => explainFigure(figure, language)),
    facts: finding.facts.map(({ id, value }) => ({ id, name: terms.facts[id], value: factValueText(id, value, language) })),
    breakdowns: finding.breakdowns.map((breakdown) => explainBreakdown(breakdown, language)),
    settings: settings.filter(({ id }) => known.settings.includes(id)).map((setting) => explainSetting(setting, language)),
    commands: system === undefined ? [] : commandsFor(finding, system, settings, language),
    actions: actionsFor(finding, known.actions),
  })
}

const commandLists: Readonly<Record<FindingPlatform, Readonly<Record<Finding['rule'], CommandList>>>> = {
  linux: linuxCommands,
  darwin: macosCommands,
  win32: windowsCommands,
}

function commandsFor(
  finding: Finding,
  system: FindingPlatform,
  settings: readonly KernelSetting[],
  language: ExplainLanguage,
): ExplainedCommand[] {
  const templates = commandLists[system][finding.rule](commandParameters(finding, settings)).filter((template) => template !== undefined)
  return templates.map(({ purpose, line, elevated = false, changes = false }) => ({
    purpose: commandPurposeTexts[language][purpose],
    line,
    elevated,
    changes,
  }))
}

/** On an unknown system only what holds everywhere. */
function adviceFor(advice: readonly Advice[], system: FindingPlatform | undefined): string[] {
  return advice.flatMap((entry) => {
    if (typeof entry === 'string') return entry
    return system !== undefined && entry.on.includes(system) ? entry.text : []
  })
}

/** Some facts have words of ours as values, others a name or a path of the system. */
function factValueText(id: FactId, value: string, language: ExplainLanguage): string {
  const words = termTexts[language].factValues[id]
  return (Object.hasOwn(words, value) ? words[value] : undefined) ?? safeText(value)
}

function explainFigure({ id, unit, value, threshold }: Figure, language: ExplainLanguage): ExplainedFigure {
  const { figures, thresholds } = termTexts[language]
  return withoutUndefined<ExplainedFigure>({
    id,
    ...figures[id],
    value: figureValueText(unit, value, language),
    threshold:
      threshold === undefined
        ? undefined
        : { id: threshold.id, name: thresholds[threshold.id].name, value: thresholdText(threshold.id, threshold.value, language) },
  })
}

function explainBreakdown({ by, parts, others }: Breakdown, language: ExplainLanguage): ExplainedBreakdown {
  return withoutUndefined<ExplainedBreakdown>({
    by,
    title: termTexts[language].breakdowns[by],
    parts: parts.map(({ label, rows }) => ({ label: safeText(label), rows: numberText(rows, language) })),
    others: others === 0 ? undefined : numberText(others, language),
  })
}

function explainSetting({ id, name, values, unit, defaults }: KernelSetting, language: ExplainLanguage): ExplainedSetting {
  const unitText = termTexts[language].settingUnits[unit]
  const valueText = (numbers: readonly number[]): string => `${numbers.join('-')} ${unitText}`.trimEnd()
  return withoutUndefined<ExplainedSetting>({
    id,
    name: safeText(name),
    meaning: settingMeaning(id, language),
    value: valueText(values),
    usual: defaults === undefined ? undefined : valueText(defaults),
    changed: defaults !== undefined && defaults.join() !== values.join(),
  })
}

/** In the unit of the first figure, without its sign: the direction has its own word. */
function slopeText({ figures, trend }: Finding, language: ExplainLanguage): string {
  return figureValueText(figures[0]?.unit ?? 'count', Math.abs(trend?.perMinute ?? 0), language)
}

const needsRows: ReadonlySet<FindingAction> = new Set(['show-rows', 'close-rows', 'trace-one'])

function actionsFor({ rows, process, endedAt }: Finding, actions: readonly FindingAction[]): FindingAction[] {
  return actions.filter((action) => {
    if (endedAt !== undefined) return action === 'open-settings'
    if (needsRows.has(action)) return rows > 0
    return action !== 'end-process' || (process !== undefined && process.pid > 0)
  })
}
