/**
 * The pieces of a query as they stand in its text, for colours, completion and chips. Total and without judgement: a text that
 * parseQuery refuses has pieces too.
 */
import { operatorAt } from './operator-word.ts'
import { keyAt } from './parse-term.ts'
import { scanValue, type RawValue } from './scan-value.ts'

export type TokenKind = 'operator' | 'sign' | 'open' | 'close' | 'key' | 'comma' | 'word' | 'value' | 'quoted' | 'regex'

export interface QueryToken {
  readonly kind: TokenKind
  /** In UTF-16 units of the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** Of a value: the key before it in lower case, as it was typed, known or not; `port` for `:443`. Absent for bare words. */
  readonly key?: string
}

/** In the order of the text. White space belongs to no piece. */
export function queryTokens(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = []
  for (let at = 0; at < text.length;) {
    const sign = text.charAt(at)
    const operator = operatorAt(text, at)
    if (/\s/.test(sign)) at += 1
    else if (operator !== undefined) at = push(tokens, 'operator', at, at + operator.length)
    else if (sign === '(') at = push(tokens, 'open', at, at + 1)
    else if (sign === ')') at = push(tokens, 'close', at, at + 1)
    else if (sign === ',') at = push(tokens, 'comma', at, at + 1)
    else if (sign === '-' || sign === '!') at = push(tokens, 'sign', at, at + 1)
    else at = term(tokens, text, at)
  }
  return tokens
}

function term(tokens: QueryToken[], text: string, start: number): number {
  const short = /^\*?:(?=\d)/.exec(text.slice(start, start + 3))?.[0]
  const head = short === undefined ? keyAt(text, start) : { name: 'port', valueAt: start + short.length }
  if (head === undefined) return values(tokens, text, start)
  push(tokens, 'key', start, head.valueAt)
  return values(tokens, text, head.valueAt, head.name.toLowerCase())
}

function values(tokens: QueryToken[], text: string, start: number, key?: string): number {
  for (let at = start; ;) {
    const { kind, end } = value(text, at, key)
    if (end > at) push(tokens, kind === 'bare' ? (key === undefined ? 'word' : 'value') : kind, at, end, key)
    if (text[end] !== ',') return end
    at = push(tokens, 'comma', end, end + 1, key)
  }
}

/** What is never closed goes on to the end of the text. */
function value(text: string, at: number, key: string | undefined): Pick<RawValue, 'kind' | 'end'> {
  const raw = scanValue(text, at, key === 'exe')
  if (raw.ok) return raw.value
  const kind = text[at] === '"' ? 'quoted' : 'regex'
  const closed = raw.error.code === 'unclosed-quote' || raw.error.code === 'unclosed-regex'
  return { kind, end: closed ? text.length : bareEnd(text, at) }
}

/** A regular expression that is closed but wrong: to the next white space. */
function bareEnd(text: string, at: number): number {
  const length = text.slice(at).search(/\s/)
  return length === -1 ? text.length : at + length
}

function push(tokens: QueryToken[], kind: TokenKind, start: number, end: number, key?: string): number {
  tokens.push(key === undefined ? { kind, start, end } : { kind, start, end, key })
  return end
}
