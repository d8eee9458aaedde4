// npm run lab: any TCP state or any trouble of the network, made for real and held on screen. See HACKING.md.
import { parseArgs } from 'node:util'
import { stateSummary } from '../../src-shared/explain/explain-state.ts'
import { explainLanguages, type ExplainLanguage } from '../../src-shared/explain/state-text.ts'
import { parseState } from '../../src-shared/model/state-spelling.ts'
import { nearest } from '../../src-shared/query/nearest.ts'
import type { CliEnvironment } from '../../src-main/cli/environment.ts'
import { exitCode } from '../../src-main/cli/exit-code.ts'
import { languageOf } from '../../src-main/cli/messages/language.ts'
import { processEnvironment } from '../../src-main/cli/process-environment.ts'
import { version } from '../../src-main/api/version.ts'
import { openLab } from './network/lab.ts'
import { scenarios } from './scenarios/index.ts'
import { labTexts } from './show/lab-texts.ts'
import { LiveScreen } from './show/live-screen.ts'
import type { Ending, ShowContext } from './show/show-context.ts'
import { showScenario } from './show/show-scenario.ts'
import { showState } from './show/show-state.ts'
import { stateRecipes } from './states/recipes.ts'

interface Choices {
  readonly name: string | undefined
  readonly language: ExplainLanguage
  readonly family: 4 | 6
  readonly quick: boolean
  readonly forMs: number | undefined
  readonly cureAfterMs: number | undefined
}

const environment = processEnvironment(version)
const choices = readChoices(environment)
process.exitCode = typeof choices === 'string' ? misuse(choices) : await run(choices)

async function run(given: Choices): Promise<number> {
  const { name, language, forMs } = given
  const texts = labTexts[language]
  if (name === undefined) return list(language)
  const recipe = stateRecipes.find((one) => one.name === name) ?? stateRecipes.find(({ state }) => state === parseState(name))
  const scenario = scenarios.find((one) => one.name === name)
  if (recipe === undefined && scenario === undefined) {
    const near = nearest(
      name,
      [...stateRecipes, ...scenarios].map((one) => one.name),
    )
    return misuse(`${texts.unknown(name)}${near === undefined ? '' : ` ${texts.didYouMean(near)}`}`)
  }
  const lab = await openLab()
  if ('unavailable' in lab) {
    environment.stderr.write(`${texts.unavailable(lab.unavailable)}\n`)
    return exitCode.failed
  }
  const screen = new LiveScreen(environment.stdout, () => process.stdout.rows)
  const context: ShowContext = { lab, environment, language, screen, forMs, ending: onRequest() }
  try {
    if (recipe !== undefined) await showState(context, recipe, given.family)
    else if (scenario !== undefined) await showScenario(context, scenario, given)
  } catch (error) {
    // A show that is stopped in the middle loses its programs while it talks to them.
    if (!context.ending.isOver()) throw error
  } finally {
    lab.close()
  }
  environment.stderr.write(`${texts.removed}\n`)
  return exitCode.done
}

function list(language: ExplainLanguage): number {
  const texts = labTexts[language]
  const width = [...stateRecipes, ...scenarios].reduce((most, { name }) => Math.max(most, name.length), 0)
  print(...texts.usage, '', texts.states)
  print(
    ...stateRecipes.map(({ name, state, special }) => `  ${name.padEnd(width)}  ${special?.[language] ?? stateSummary(state, language)}`),
  )
  print('', texts.scenarios, ...scenarios.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`))
  return exitCode.done
}

function print(...lines: readonly string[]): void {
  environment.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

/** Ctrl+C and the like. */
function onRequest(): Ending {
  let isOver = false
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const end = (): void => {
    isOver = true
    resolve()
  }
  environment.onStop(end)
  return { over, isOver: () => isOver, end }
}

/** A sentence where something is wrong with the arguments. */
function readChoices({ variables }: CliEnvironment): Choices | string {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    const { values, positionals } = parseArgs({
      options: { ipv6: flag, quick: flag, for: text, cure: text, lang: text },
      allowPositionals: true,
    })
    const language = values.lang === undefined ? languageOf(variables) : explainLanguages.find((one) => one === values.lang)
    if (language === undefined) return `--lang: ${explainLanguages.join(', ')}`
    if (positionals.length > 1) return positionals.join(' ')
    return {
      name: positionals[0]?.toLowerCase().replaceAll('_', '-'),
      language,
      family: values.ipv6 ? 6 : 4,
      quick: values.quick,
      forMs: milliseconds('--for', values.for),
      cureAfterMs: milliseconds('--cure', values.cure),
    }
  } catch (error) {
    return (error as Error).message
  }
}

function milliseconds(option: string, seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined
  if (!/^\d{1,6}(\.\d+)?$/.test(seconds)) throw new Error(`${option}: ${seconds}`)
  return Number(seconds) * 1000
}

function misuse(sentence: string): number {
  const { usage } = labTexts[languageOf(environment.variables)]
  environment.stderr.write([sentence, ...usage, ''].join('\n'))
  return exitCode.wrongUsage
}
