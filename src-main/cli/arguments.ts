import { parseArgs } from 'node:util'

export interface OptionDefinition {
  readonly name: string
  readonly short?: string
  /** Placeholder of its value in the help; absent: a switch. */
  readonly value?: string
  /** The value may begin with a dash (`--sort -rx`). */
  readonly dashValue?: true
}

export interface ParsedArguments {
  has(name: string): boolean
  valueOf(name: string): string | undefined
  readonly words: readonly string[]
}

export type ArgumentProblem =
  | { readonly kind: 'unknown-option'; readonly option: string }
  | { readonly kind: 'value-missing'; readonly option: string; readonly placeholder: string }
  | { readonly kind: 'value-unwanted'; readonly option: string; readonly value: string }
  | { readonly kind: 'given-twice'; readonly option: string }

export type ArgumentOutcome =
  | { readonly ok: true; readonly value: ParsedArguments }
  | { readonly ok: false; readonly problem: ArgumentProblem }

/** A private mark that no argument can carry: arguments end at NUL. */
const wordMark = '\0'

/**
 * Splits arguments by the table of options. With `queryWords` an argument such as `-state:listen` is a negated term of the filter
 * language and no bundle of short options.
 */
export function parseArguments(args: readonly string[], options: readonly OptionDefinition[], queryWords: boolean): ArgumentOutcome {
  const { tokens } = parseArgs({
    args: queryWords ? markQueryWords(args) : [...args],
    options: Object.fromEntries(options.map((option) => [option.name, nodeOption(option)])),
    strict: false, // the words for what is wrong are ours, in the person's language
    allowPositionals: true,
    tokens: true,
  })
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value.startsWith(wordMark) ? token.value.slice(1) : token.value)
    if (token.kind !== 'option') continue
    const definition = options.find(({ name }) => name === token.name)
    const problem = definition === undefined ? unknown(args[token.index] ?? token.rawName) : valueProblem(definition, token)
    if (problem !== undefined) return { ok: false, problem }
    if (token.value === undefined) flags.add(token.name)
    else if (values.has(token.name)) return { ok: false, problem: { kind: 'given-twice', option: token.rawName } }
    else values.set(token.name, token.value)
  }
  const value: ParsedArguments = { has: (name) => flags.has(name), valueOf: (name) => values.get(name), words }
  return { ok: true, value }
}

function nodeOption({ value, short }: OptionDefinition): { type: 'string' | 'boolean'; short?: string } {
  const type = value === undefined ? 'boolean' : 'string'
  return short === undefined ? { type } : { type, short }
}

/** As it was written, without its value: `-firefox` and not only its first letter. */
const unknown = (argument: string): ArgumentProblem => ({ kind: 'unknown-option', option: argument.replace(/=.*/s, '') })

function valueProblem(
  { value: placeholder, dashValue }: OptionDefinition,
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): ArgumentProblem | undefined {
  if (placeholder === undefined) {
    return token.value === undefined ? undefined : { kind: 'value-unwanted', option: token.rawName, value: token.value }
  }
  const looksLikeOption = token.inlineValue === false && (token.value?.startsWith(dashValue ? '--' : '-') ?? false)
  if (token.value === undefined || token.value === '' || looksLikeOption)
    return { kind: 'value-missing', option: token.rawName, placeholder }
  return undefined
}

function markQueryWords(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  return args.map((arg, index) => (/^-[^-]+:/.test(arg) && (end < 0 || index < end) ? wordMark + arg : arg))
}
