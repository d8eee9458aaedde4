import { problemCodes, type Problem, type ProblemCode } from '../../../src-shared/model/problem.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { Messages, Parameters } from './messages-en.ts'

/** Stands for a parameter that a problem or check should have and has not. */
export const missingParameter = '?'

/** A problem in the person's language; a code of a newer engine is shown as it is, with its parameters. */
export function problemText({ code, parameters }: Problem, messages: Messages): string {
  if (!isKnown(code)) return rawText(code, parameters)
  return messages.problem[code](parameterReader(parameters))
}

/** Id and parameters without translation: better than nothing. */
export function rawText(id: string, parameters: Problem['parameters']): string {
  const pairs = Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${value}`)
  return visibleText([id, ...pairs].join(' '))
}

export function parameterReader(parameters: Problem['parameters']): Parameters {
  return (name) => visibleText(String(parameters?.[name] ?? missingParameter))
}

function isKnown(code: string): code is ProblemCode {
  return (problemCodes as readonly string[]).includes(code)
}
