import type { Api } from '../../src-shared/contract/api.ts'
import type { Failure } from '../../src-shared/contract/result.ts'
import type { Problem } from '../../src-shared/model/problem.ts'
import { nearest } from '../../src-shared/query/nearest.ts'
import type { CommandName } from './command-name.ts'
import type { OptionDefinition, ParsedArguments } from './arguments.ts'
import type { CliEnvironment } from './environment.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Language } from './messages/language.ts'
import type { Messages } from './messages/messages-en.ts'
import { problemText } from './messages/problem-text.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'

export interface Command {
  readonly name: CommandName
  /** Beside those that every command takes. */
  readonly options: readonly OptionDefinition[]
  /** Its words are a query, or targets, or there are none. */
  readonly words: 'query' | 'targets' | 'none'
  run(context: CommandContext): Promise<ExitCode>
}

/** What a command works with. Data goes to `out`, messages to `tell`. */
export interface CommandContext {
  readonly command: CommandName
  readonly environment: CliEnvironment
  readonly arguments: ParsedArguments
  readonly language: Language
  readonly messages: Messages
  /** Lines of data, each gets its newline. */
  readonly out: (...lines: readonly string[]) => void
  readonly tell: (...lines: readonly string[]) => void
  /** Says what is wrong with the arguments and how to find out more. */
  readonly misuse: (...lines: readonly string[]) => ExitCode
}

/** The engine lives as long as `work` runs. */
export async function withEngine(context: CommandContext, work: (api: Api) => Promise<ExitCode>): Promise<ExitCode> {
  const engine = await context.environment.openEngine()
  try {
    return await work(engine.api)
  } finally {
    engine.stop()
  }
}

/** A call as a whole failed. */
export function tellFailure({ tell, messages }: CommandContext, { code, message }: Failure): ExitCode {
  if (code === 'not-allowed') {
    tell(messages.failure.notAllowed)
    return exitCode.notPermitted
  }
  if (code === 'timeout') tell(messages.failure.timeout)
  else if (code === 'internal') tell(messages.failure.defect(visibleText(message)))
  else tell(messages.failure.engine(visibleText(message)))
  return code === 'not-found' ? exitCode.targetGone : exitCode.failed
}

/** Warnings and errors of a look, so that what is missing is never mistaken for what is not there. */
export function tellProblems({ tell, messages }: CommandContext, problems: readonly Problem[]): void {
  for (const problem of problems) if (problem.severity !== 'info') tell(problemText(problem, messages))
}

/** What limits the answer without being wrong: all of it with --verbose; on a terminal that owners are hidden, if the answer shows it. */
export function tellLimits(context: CommandContext, problems: readonly Problem[], ownersMissing: boolean): void {
  const { tell, messages, environment } = context
  const all = context.arguments.has('verbose')
  const hidden = ownersMissing && environment.stderr.isTerminal
  for (const problem of problems) {
    const wanted = all || (hidden && problem.code === 'owners-not-permitted')
    if (problem.severity === 'info' && wanted) tell(problemText(problem, messages))
  }
}

/** A number from an argument, or the exit code after telling what is wrong with it. Absent when the option is not given. */
export function numberOption(
  context: CommandContext,
  option: string,
  range: { readonly least: number; readonly most: number; readonly whole?: true },
): { readonly ok: true; readonly value: number | undefined } | { readonly ok: false; readonly exit: ExitCode } {
  const text = context.arguments.valueOf(option)
  if (text === undefined) return { ok: true, value: undefined }
  const value = parseNumber(text, range)
  if (value !== undefined) return { ok: true, value }
  const { least, most } = range
  return { ok: false, exit: context.misuse(context.messages.usage.badNumber(`--${option}`, visibleText(text), least, most)) }
}

/** Plain decimal digits only: no sign, exponent or hexadecimal. */
export function parseNumber(
  text: string,
  { least, most, whole }: { readonly least: number; readonly most: number; readonly whole?: true },
): number | undefined {
  if (!(whole ? /^\d{1,15}$/ : /^\d{1,15}(\.\d{1,6})?$/).test(text)) return undefined
  const value = Number(text)
  return value >= least && value <= most ? value : undefined
}

/** One of a few words, or the exit code after telling which there are. */
export function choiceOption<Choice extends string>(
  context: CommandContext,
  option: string,
  choices: readonly Choice[],
): { readonly ok: true; readonly value: Choice | undefined } | { readonly ok: false; readonly exit: ExitCode } {
  const text = context.arguments.valueOf(option)
  const value = choices.find((choice) => choice.toLowerCase() === text?.toLowerCase())
  if (text === undefined || value !== undefined) return { ok: true, value }
  return { ok: false, exit: context.misuse(...badChoice(context, `--${option}`, text, choices)) }
}

export function badChoice({ messages }: CommandContext, name: string, word: string, choices: readonly string[]): string[] {
  const near = nearest(word, choices)
  const line = messages.usage.badChoice(name, visibleText(word), choices.join(', '))
  return near === undefined ? [line] : [line, messages.usage.didYouMean(near)]
}
