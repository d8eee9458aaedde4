/** One value of a term as it stands in the text: bare, quoted, or a regular expression between slashes. */
import { parsed, queryError, refused, type Parsed } from './query-error.ts'
import { compileRegex } from './regex/linear-regex.ts'

export interface RawValue {
  readonly kind: 'bare' | 'quoted' | 'regex'
  /** Without quotes, slashes and flags; escapes of quotes resolved. */
  readonly text: string
  readonly ignoreCase: boolean
  readonly start: number
  readonly end: number
}

/** `pathLike`: a slash begins a path unless a second one ends the word. */
export function scanValue(text: string, start: number, pathLike: boolean): Parsed<RawValue> {
  const sign = text.charAt(start)
  if (sign === '"') return scanQuoted(text, start)
  if (sign === '/') {
    const end = regexEnd(text, start, pathLike)
    if (end !== undefined) return scanRegex(text, start, end)
    if (!pathLike) return refused(queryError('unclosed-regex', start, text.length - start))
  }
  const end = bareEnd(text, start)
  return parsed({ kind: 'bare', text: text.slice(start, end), ignoreCase: true, start, end })
}

/** A bare value ends before white space, a parenthesis or a comma. */
function bareEnd(text: string, start: number): number {
  let end = start
  while (end < text.length && !/[\s(),]/.test(text.charAt(end))) end += 1
  return end
}

/** Only `\"` and `\\` are escapes, so that Windows paths can be written as they are. */
function scanQuoted(text: string, start: number): Parsed<RawValue> {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '"') return parsed({ kind: 'quoted', text: value, ignoreCase: true, start, end: at + 1 })
    const escaped = sign === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')
    if (escaped) at += 1
    value += text.charAt(at)
  }
  return refused(queryError('unclosed-quote', start, text.length - start))
}

/** Place of the closing slash; undefined when there is none. */
function regexEnd(text: string, start: number, pathLike: boolean): number | undefined {
  let inClass = false
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '\\') at += 1
    else if (sign === '[') inClass = true
    else if (sign === ']') inClass = false
    else if (pathLike && /\s/.test(sign)) return undefined
    else if (sign === '/' && !inClass) return !pathLike || /^i?(?:[\s(),]|$)/.test(text.slice(at + 1, at + 3)) ? at : undefined
  }
  return undefined
}

function scanRegex(text: string, start: number, slash: number): Parsed<RawValue> {
  const source = text.slice(start + 1, slash)
  const end = bareEnd(text, slash + 1)
  const flags = text.slice(slash + 1, end)
  if (flags !== '' && flags !== 'i') return refused(queryError('bad-regex', slash + 1, flags.length, { reason: 'unknown-flag', flags }))
  if (source === '') return refused(queryError('bad-regex', start, end - start, { reason: 'empty' }))
  const outcome = compileRegex(source, flags === 'i')
  if (outcome.ok) return parsed({ kind: 'regex', text: source, ignoreCase: flags === 'i', start, end })
  const { problem } = outcome
  const whole = problem.kind === 'bad' && (problem.reason === 'too-long' || problem.reason === 'too-complex')
  const position = whole ? start : start + 1 + problem.at
  const length = whole ? end - start : 1
  if (problem.kind === 'bad') return refused(queryError('bad-regex', position, length, { reason: problem.reason }))
  return refused(queryError('unsupported-regex', position, length, { feature: problem.feature }))
}
