/** The terms that all must match, as they stand in the text: what can be shown and taken away one by one. */
import { operatorAt } from './operator-word.ts'
import { queryTokens, type QueryToken } from './query-tokens.ts'

export interface TermSpan {
  /** In UTF-16 units of the text; `end` is exclusive. A negation belongs to its term. */
  readonly start: number
  readonly end: number
}

/** A query with an OR outside of parentheses is one term as a whole. For texts that parseQuery accepts. */
export function termSpans(text: string): readonly TermSpan[] {
  const tokens = queryTokens(text)
  const spans: TermSpan[] = []
  let start: number | undefined
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const word = token.kind === 'operator' ? operatorAt(text, token.start)?.word : undefined
    if (depth === 0 && word === 'OR') return [wholeOf(tokens)]
    if (depth === 0 && word === 'AND') continue
    start ??= token.start
    if (token.kind === 'open') depth += 1
    if (token.kind === 'close') depth -= 1
    if (depth > 0 || !endsTerm(token, tokens[index + 1])) continue
    spans.push({ start, end: token.end })
    start = undefined
  }
  return spans
}

/** The text without one of its terms. */
export function withoutTerm(text: string, { start, end }: TermSpan): string {
  return termSpans(text)
    .filter((span) => span.start !== start || span.end !== end)
    .map((span) => text.slice(span.start, span.end))
    .join(' ')
}

/** A text and one more term that must match too. Whatever the text is, the term is not drawn into an OR of it. */
export function withTerm(text: string, term: string): string {
  const spans = termSpans(text)
  const parts = spans.map(({ start, end }) => text.slice(start, end))
  const [only] = parts
  if (only === undefined) return term
  if (parts.includes(term)) return text.trim()
  const isAlternative = spans.length === 1 && queryTokens(only).some((token, index, all) => isOuterOr(only, token, all.slice(0, index)))
  return isAlternative ? `(${only}) ${term}` : `${text.trim()} ${term}`
}

function isOuterOr(text: string, token: QueryToken, before: readonly QueryToken[]): boolean {
  if (token.kind !== 'operator' || operatorAt(text, token.start)?.word !== 'OR') return false
  return before.filter(({ kind }) => kind === 'open').length === before.filter(({ kind }) => kind === 'close').length
}

function wholeOf(tokens: readonly QueryToken[]): TermSpan {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 }
}

function endsTerm({ kind, end }: QueryToken, next: QueryToken | undefined): boolean {
  if (kind === 'close') return true
  return (kind === 'word' || kind === 'value' || kind === 'quoted' || kind === 'regex') && !(next?.kind === 'comma' && next.start === end)
}
