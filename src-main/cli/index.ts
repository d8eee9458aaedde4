import { nearest } from '../../src-shared/query/nearest.ts'
import { parseArguments, type ArgumentProblem, type OptionDefinition } from './arguments.ts'
import { badChoice, type Command, type CommandContext } from './command.ts'
import { commandNames } from './command-name.ts'
import { closeCommand } from './commands/close-command.ts'
import { diagnoseCommand } from './commands/diagnose-command.ts'
import { doctorCommand } from './commands/doctor-command.ts'
import { explainCommand } from './commands/explain-command.ts'
import { gaugesCommand } from './commands/gauges-command.ts'
import { interfacesCommand } from './commands/interfaces-command.ts'
import { killCommand } from './commands/kill-command.ts'
import { listCommand } from './commands/list-command.ts'
import { routesCommand } from './commands/routes-command.ts'
import { statsCommand } from './commands/stats-command.ts'
import { traceCommand } from './commands/trace-command.ts'
import { watchCommand } from './commands/watch-command.ts'
import type { CliEnvironment } from './environment.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import { commandHelp, generalHelp } from './help.ts'
import { languageOf, messagesFor, type Language } from './messages/language.ts'
import type { Messages } from './messages/messages-en.ts'
import { processEnvironment } from './process-environment.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import { version } from '../api/version.ts'

const commands: readonly Command[] = [
  listCommand,
  watchCommand,
  killCommand,
  closeCommand,
  explainCommand,
  doctorCommand,
  statsCommand,
  interfacesCommand,
  routesCommand,
  gaugesCommand,
  diagnoseCommand,
  traceCommand,
]
/** Planned; they say so instead of being half there. */
const laterCommands = new Set(['audit', 'record', 'replay'])
const languages = ['en', 'zh-CN'] as const

const commonOptions: readonly OptionDefinition[] = [
  { name: 'lang', value: languages.join('|') },
  { name: 'help', short: 'h' },
  { name: 'version', short: 'V' },
]

/** Runs one command line (without node and script) and answers its exit code. Never throws. */
export async function runCli(args: readonly string[], environment: CliEnvironment = processEnvironment(version)): Promise<number> {
  const language = languageOf(environment.variables)
  try {
    return await dispatch(args, environment, language)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    environment.stderr.write(`sockscope: ${messagesFor(language).failure.defect(text)}\n`)
    return exitCode.failed
  }
}

async function dispatch(args: readonly string[], environment: CliEnvironment, language: Language): Promise<ExitCode> {
  const [first, ...rest] = args
  const command = commands.find(({ name }) => name === first)
  if (command !== undefined) return runCommand(command, rest, environment, language)
  if (first === 'help' && rest.length > 0) {
    const about = commands.find(({ name }) => name === rest[0])
    if (about !== undefined) return runCommand(about, ['--help', ...rest.slice(1)], environment, language)
    return unknownCommand(rest[0] ?? '', environment, messagesFor(language))
  }
  const later = first?.startsWith('-') ? args.findIndex((arg) => commands.some(({ name }) => name === arg)) : -1
  if (later > 0) return dispatch([args[later] ?? '', ...args.toSpliced(later, 1)], environment, language) // `--lang zh-CN list`
  if (first === undefined || first === 'help' || first.startsWith('-'))
    return runBare(first === 'help' ? rest : args, environment, language)
  return unknownCommand(first, environment, messagesFor(language))
}

/** No command: help, version, or a mistake. */
function runBare(args: readonly string[], environment: CliEnvironment, fallback: Language): ExitCode {
  const parsed = parseArguments(args, commonOptions, false)
  const tell = (...lines: readonly string[]): ExitCode => {
    for (const line of lines) environment.stderr.write(`${line}\n`)
    return exitCode.wrongUsage
  }
  if (!parsed.ok) return tell(`sockscope: ${problemLines(parsed.problem, commonOptions, false, messagesFor(fallback)).join('\n')}`)
  const languageWord = parsed.value.valueOf('lang')
  const language = languageOption(languageWord, fallback)
  if (language === undefined) {
    const { usage } = messagesFor(fallback)
    return tell(`sockscope: ${usage.badChoice('--lang', visibleText(languageWord ?? ''), languages.join(', '))}`)
  }
  const [word] = parsed.value.words
  if (word !== undefined) return unknownCommand(word, environment, messagesFor(language))
  const text = parsed.value.has('version') ? [environment.version] : generalHelp(language, commonOptions)
  const wanted = parsed.value.has('help') || parsed.value.has('version') || args.length === 0
  const stream = wanted ? environment.stdout : environment.stderr
  for (const line of text) stream.write(`${line}\n`)
  return wanted ? exitCode.done : exitCode.wrongUsage
}

function unknownCommand(word: string, { stderr }: CliEnvironment, { usage }: Messages): ExitCode {
  const shown = visibleText(word)
  if (laterCommands.has(word)) stderr.write(`sockscope: ${usage.notYet(shown)}\n`)
  else {
    const near = nearest(word, [...commandNames, 'serve', 'help'])
    stderr.write(`sockscope: ${usage.unknownCommand(shown)}${near === undefined ? '' : ` ${usage.didYouMean(near)}`}\n`)
    stderr.write(`${usage.hint('--help')}\n`)
  }
  return exitCode.wrongUsage
}

async function runCommand(command: Command, args: readonly string[], environment: CliEnvironment, fallback: Language): Promise<ExitCode> {
  const options = [...command.options, ...commonOptions]
  const parsed = parseArguments(args, options, command.words === 'query')
  if (!parsed.ok) {
    const context = contextOf(command, environment, fallback, noArguments)
    return context.misuse(...problemLines(parsed.problem, options, command.words === 'query', context.messages))
  }
  const given = parsed.value
  const languageWord = given.valueOf('lang')
  const language = languageOption(languageWord, fallback)
  const context = contextOf(command, environment, language ?? fallback, given)
  if (language === undefined) return context.misuse(...badChoice(context, '--lang', languageWord ?? '', languages))
  if (given.has('version')) {
    context.out(environment.version)
    return exitCode.done
  }
  if (given.has('help')) {
    context.out(...commandHelp(command, language, commonOptions))
    return exitCode.done
  }
  const [word] = given.words
  if (command.words === 'none' && word !== undefined) return context.misuse(context.messages.usage.tooManyWords(visibleText(word)))
  return command.run(context)
}

function languageOption(word: string | undefined, fallback: Language): Language | undefined {
  return word === undefined ? fallback : languages.find((name) => name.toLowerCase() === word.toLowerCase())
}

const noArguments: CommandContext['arguments'] = { has: () => false, valueOf: () => undefined, words: [] }

function contextOf(command: Command, environment: CliEnvironment, language: Language, given: CommandContext['arguments']): CommandContext {
  const messages = messagesFor(language)
  const tell = (...lines: readonly string[]): void => {
    if (lines.length > 0) environment.stderr.write(lines.map((line) => `${line}\n`).join(''))
  }
  return {
    command: command.name,
    environment,
    arguments: given,
    language,
    messages,
    tell,
    out: (...lines) => {
      if (lines.length > 0) environment.stdout.write(lines.map((line) => `${line}\n`).join(''))
    },
    misuse: (...lines) => {
      const [problem = '', ...more] = lines
      tell(`sockscope ${command.name}: ${problem}`, ...more, messages.usage.hint(`${command.name} --help`))
      return exitCode.wrongUsage
    },
  }
}

function problemLines(problem: ArgumentProblem, options: readonly OptionDefinition[], queryWords: boolean, { usage }: Messages): string[] {
  const option = visibleText(problem.option)
  switch (problem.kind) {
    case 'unknown-option': {
      const near = option.startsWith('--')
        ? nearest(
            option.slice(2),
            options.map(({ name }) => name),
          )
        : undefined
      const negation = queryWords && !option.startsWith('--') ? [usage.shortIsNegation(option.slice(1))] : []
      return [usage.unknownOption(option), ...(near === undefined ? [] : [usage.didYouMean(`--${near}`)]), ...negation]
    }
    case 'value-missing':
      return [usage.valueMissing(option, problem.placeholder)]
    case 'value-unwanted':
      return [usage.valueUnwanted(option, visibleText(problem.value))]
    case 'given-twice':
      return [usage.givenTwice(option)]
  }
}
