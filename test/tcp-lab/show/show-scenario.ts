/** Holds a scenario on screen: what goes wrong, its rows, and what the diagnosis says, until the cause is taken away and after. */
import { explainFinding } from '../../../src-shared/explain/findings/explain-finding.ts'
import type { Finding } from '../../../src-shared/contract/diagnosis.ts'
import { asked } from '../../live/engine/engine-under-test.ts'
import type { Family } from '../network/pair.ts'
import type { LabScenario } from '../scenario.ts'
import { labTableLines, newsOf } from './lab-table.ts'
import { labTexts } from './lab-texts.ts'
import { noteSteps, noteWhereToLook, paragraph, untilOver, type ShowContext } from './show-context.ts'

export interface ScenarioChoices {
  readonly family: Family
  /** Thresholds of seconds instead of the usual ones. */
  readonly quick: boolean
  readonly cureAfterMs: number | undefined
}

/** More rows than this say nothing that their number does not. */
const rowsShown = 12

export async function showScenario(context: ShowContext, scenario: LabScenario, choices: ScenarioChoices): Promise<void> {
  const { screen, language, environment } = context
  const texts = labTexts[language]
  screen.note(scenario.title, '', ...paragraph(scenario.about))
  const built = await scenario.build(context.lab, choices.family)
  const engine = await built.watched.engine()
  if (choices.quick && built.thresholds !== undefined) await asked(engine.api, 'changeSettings', { thresholds: built.thresholds })
  await asked(engine.api, 'getDiagnosis', undefined)
  noteSteps(context, built.ladder)
  noteWhereToLook(context, [built.watched])
  screen.note(environment.canAsk ? `${texts.untilStopped} ${texts.enterCures}` : texts.untilStopped, '')

  let isCured = false
  const forget = whenToCure(context, choices, () => {
    if (isCured) return
    isCured = true
    built.cure().then(
      () => screen.note(texts.cured),
      (error: unknown) => screen.note(String(error)),
    )
  })
  try {
    await untilOver(context, look)
  } finally {
    forget()
  }

  async function look(): Promise<void> {
    const { connections } = await engine.look()
    const { findings } = await asked(engine.api, 'getDiagnosis', undefined)
    const now = environment.now()
    const rows = connections.slice(0, rowsShown).map((connection) => ({ connection }))
    const more = connections.length > rows.length ? [`  ${texts.moreRows(connections.length - rows.length)}`] : []
    const said = findings.length === 0 ? [texts.nothingFound] : findings.flatMap((finding) => findingLines(context, finding, now))
    const table = labTableLines(rows, { stream: environment.stdout, variables: environment.variables, language, now })
    screen.draw([...table, ...more, '', ...said], newsOf(rows) + findings.map(({ id, endedAt }) => `${id} ${endedAt ?? ''}`).join())
  }
}

function findingLines({ language }: ShowContext, finding: Finding, now: number): string[] {
  const { severity, title, held, meaning, now: advice } = explainFinding(finding, { platform: process.platform, language, now })
  const summary = `${severity}: ${title} (${held})`
  if (finding.endedAt !== undefined) return [summary]
  const steps = advice.flatMap((step) => paragraph(`- ${step}`, '    '))
  return [summary, ...paragraph(meaning), `  ${labTexts[language].whatToDo}`, ...steps]
}

/** After a time, or when a person presses Enter. Returns what forgets both. */
function whenToCure({ environment }: ShowContext, { cureAfterMs }: ScenarioChoices, cure: () => void): () => void {
  const cancel = cureAfterMs === undefined ? () => {} : environment.startTimer(cureAfterMs, cure)
  if (environment.canAsk) process.stdin.once('data', cure)
  return () => {
    cancel()
    process.stdin.off('data', cure).pause()
  }
}
