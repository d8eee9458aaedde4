/** One finding as blocks of a report. */
import type { Finding, RuleId } from '../../contract/diagnosis.ts'
import { explainFinding, type FindingCircumstances, type FindingExplanation } from '../findings/explain-finding.ts'
import { ruleName } from '../findings/rule-texts.ts'
import type { ExplainLanguage } from '../state-text.ts'
import { evidenceBlocks, type ReportEvidence } from './evidence-blocks.ts'
import type { ReportBlock } from './report-block.ts'
import { reportLabels } from './report-labels.ts'

/** All findings one after the other. What holds for every finding of a rule is said with the first of them only. */
export function allFindingBlocks(
  findings: readonly Finding[],
  circumstances: FindingCircumstances,
  evidence: ReadonlyMap<string, ReportEvidence>,
): ReportBlock[] {
  const explained = new Set<RuleId>()
  return findings.flatMap((finding) => {
    const isFirst = !explained.has(finding.rule)
    explained.add(finding.rule)
    return findingBlocks(finding, circumstances, evidence.get(finding.id), isFirst)
  })
}

function findingBlocks(
  finding: Finding,
  circumstances: FindingCircumstances,
  evidence: ReportEvidence | undefined,
  isFirst: boolean,
): ReportBlock[] {
  const { language, now } = circumstances
  const labels = reportLabels[language]
  const explanation = explainFinding(finding, circumstances)
  const { title, held, trend, meaning } = explanation
  return [
    { kind: 'heading', level: 2, text: labels.findingTitle(explanation.severity, title), severity: finding.severity },
    {
      kind: 'paragraph',
      text: [labels.rule(ruleName(finding.rule, language), finding.rule), held, trend].filter(Boolean).join(labels.comma),
    },
    { kind: 'paragraph', text: isFirst ? meaning : labels.asAbove },
    ...figureBlocks(explanation, language),
    ...breakdownBlocks(explanation, language),
    ...(isFirst ? adviceBlocks(explanation, language) : []),
    ...commandBlocks(explanation, circumstances),
    ...(evidence === undefined ? [] : section(labels.evidence, evidenceBlocks(evidence, now, language))),
  ]
}

/** Nothing where there is nothing to say. */
export function section(text: string, blocks: readonly ReportBlock[], level: 2 | 3 = 3): ReportBlock[] {
  return blocks.length === 0 ? [] : [{ kind: 'heading', level, text }, ...blocks]
}

export function listOf(items: readonly string[]): ReportBlock[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

function adviceBlocks(explanation: FindingExplanation, language: ExplainLanguage): ReportBlock[] {
  const labels = reportLabels[language]
  return [
    ...section(labels.now, listOf(explanation.now)),
    ...section(labels.lasting, listOf(explanation.lasting)),
    ...section(labels.myths, listOf(explanation.myths)),
    ...section(labels.cannotTell, [{ kind: 'paragraph', text: explanation.cannotTell }]),
    ...settingBlocks(explanation, language),
  ]
}

function figureBlocks({ figures, facts }: FindingExplanation, language: ExplainLanguage): ReportBlock[] {
  const labels = reportLabels[language]
  const rows = [
    ...figures.map(({ name, value, threshold }) => [name, value, threshold?.value ?? '']),
    ...facts.map(({ name, value }) => [name, value, '']),
  ]
  const columns = [labels.figure, labels.value, labels.threshold].map((header) => ({ header, align: 'left' }) as const)
  return section(labels.figures, rows.length === 0 ? [] : [{ kind: 'table', columns, rows }])
}

function breakdownBlocks({ breakdowns }: FindingExplanation, language: ExplainLanguage): ReportBlock[] {
  const labels = reportLabels[language]
  return breakdowns.flatMap(({ title, parts, others }): ReportBlock[] => {
    const rows = [...parts.map(({ label, rows: count }) => [label, count]), ...(others === undefined ? [] : [[labels.others, others]])]
    const columns = [{ header: title, align: 'left' } as const, { header: labels.rows, align: 'right' } as const]
    return rows.length === 0 ? [] : [{ kind: 'table', columns, rows }]
  })
}

function settingBlocks({ settings }: FindingExplanation, language: ExplainLanguage): ReportBlock[] {
  const labels = reportLabels[language]
  return section(
    labels.settings,
    listOf(settings.map(({ name, value, usual, meaning }) => labels.settingItem(name, value, usual, meaning))),
  )
}

function commandBlocks({ commands }: FindingExplanation, { language, platform }: FindingCircumstances): ReportBlock[] {
  const labels = reportLabels[language]
  const windows = platform === 'win32'
  const lines = commands.map(({ purpose, line, elevated, changes }) => {
    const rights = elevated ? (windows ? labels.needsAdministrator : labels.needsRoot) : undefined
    const notes = [rights, changes ? labels.changes : undefined].filter((note) => note !== undefined)
    return { says: notes.length === 0 ? purpose : `${purpose} (${notes.join(labels.comma)})`, line }
  })
  return section(windows ? labels.commandsWindows : labels.commands, lines.length === 0 ? [] : [{ kind: 'commands', commands: lines }])
}
