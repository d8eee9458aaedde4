/** What a show is given, and the loop of looks that every show is. */
import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'
import type { CliEnvironment } from '../../../src-main/cli/environment.ts'
import type { Lab } from '../network/lab.ts'
import type { Namespace } from '../network/namespace.ts'
import { labTexts } from './lab-texts.ts'
import type { LiveScreen } from './live-screen.ts'

export interface ShowContext {
  readonly lab: Lab
  readonly environment: CliEnvironment
  readonly language: ExplainLanguage
  readonly screen: LiveScreen
  /** How long it is shown once it is there; without it, until somebody asks. */
  readonly forMs: number | undefined
  readonly ending: Ending
}

export interface Ending {
  /** Resolves when it is over: the time went by, or somebody asked. */
  readonly over: Promise<void>
  readonly isOver: () => boolean
  readonly end: () => void
}

const betweenLooksMs = 1000
const widestText = 100

/** Calls `look` every second until it is over. What fails because everything is being removed does not matter any more. */
export async function untilOver({ environment, forMs, ending }: ShowContext, look: () => Promise<void>): Promise<void> {
  const { over, isOver, end } = ending
  const cancel = forMs === undefined ? () => {} : environment.startTimer(forMs, end)
  while (!isOver()) {
    try {
      await look()
    } catch (error) {
      if (!isOver()) throw error
    }
    await Promise.race([over, pause()])
  }
  cancel()
}

export function noteSteps({ screen, language }: ShowContext, steps: readonly string[]): void {
  screen.note('', labTexts[language].done, ...steps.flatMap((step, index) => paragraph(`${index + 1}. ${step}`, '     ')))
}

/** Commands for another terminal. */
export function noteWhereToLook({ screen, language }: ShowContext, namespaces: readonly Namespace[]): void {
  const lines = namespaces.map((namespace) => `  ${namespace.commandLine('ss', ['-tanop']).join(' ')}`)
  screen.note('', labTexts[language].lookYourself, ...lines, '')
}

/** Two cells in; further lines begin with `indent`. */
export function paragraph(text: string, indent = '  '): string[] {
  return wrapText(text, widestText - indent.length).map((line, index) => `${index === 0 ? '  ' : indent}${line}`)
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, betweenLooksMs)
  })
}
