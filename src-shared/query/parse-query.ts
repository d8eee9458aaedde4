/**
 * The filter language. Terms side by side must all match; OR binds weaker than that; `-`, `!` and NOT negate the next term or group.
 * Total: any text gives a query or an error with its place.
 */
import { operatorAt, type OperatorWord } from './operator-word.ts'
import { parseTerm } from './parse-term.ts'
import { parsed, queryError, refused, type Parsed, type QueryError } from './query-error.ts'
import type { Query } from './query.ts'

export type QueryOutcome = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly error: QueryError }

/** Far beyond what is typed by hand; keeps each key press cheap. */
export const maximumQueryLength = 2000
/** Groups and negations within each other: bounds the recursion here and in everything that walks a query. */
const maximumDepth = 50

export function parseQuery(text: string): QueryOutcome {
  if (text.length > maximumQueryLength)
    return { ok: false, error: queryError('too-long', maximumQueryLength, text.length - maximumQueryLength, { limit: maximumQueryLength }) }
  const outcome = new QueryParser(text).whole()
  return outcome.ok ? { ok: true, query: outcome.value } : outcome
}

class QueryParser {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Parsed<Query> {
    this.#skipSpace()
    if (this.#atEnd()) return parsed({ kind: 'everything' })
    const query = this.#either()
    if (query.ok && !this.#atEnd()) return refused(queryError('unexpected-close', this.#at, 1))
    return query
  }

  #either(): Parsed<Query> {
    const options: Query[] = []
    for (;;) {
      const option = this.#all()
      if (!option.ok) return option
      if (option.value.kind === 'or') options.push(...option.value.terms)
      else options.push(option.value)
      const operator = this.#operator('OR')
      if (operator === 0) break
      const start = this.#at
      this.#skip(operator)
      if (this.#atEnd() || this.#peek() === ')') return refused(queryError('unexpected-or', start, operator))
    }
    return parsed(options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'or', terms: options })
  }

  /** At least one term, up to OR, `)` or the end. */
  #all(): Parsed<Query> {
    const terms: Query[] = []
    for (;;) {
      const and = this.#operator('AND')
      const start = this.#at
      if (and > 0) {
        this.#skip(and)
        if (terms.length === 0 || this.#atEnd() || this.#peek() === ')' || this.#operator('AND') > 0 || this.#operator('OR') > 0)
          return refused(queryError('unexpected-and', start, and))
      }
      const or = this.#operator('OR')
      if (or > 0 && terms.length === 0) return refused(queryError('unexpected-or', this.#at, or))
      if (terms.length > 0 && (or > 0 || this.#atEnd() || this.#peek() === ')')) break
      const term = this.#negated()
      if (!term.ok) return term
      if (term.value.kind === 'and') terms.push(...term.value.terms)
      else terms.push(term.value)
    }
    return parsed(terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: 'and', terms })
  }

  #negated(): Parsed<Query> {
    const start = this.#at
    const word = this.#operator('NOT')
    const signLength = word > 0 ? word : /[-!]/.test(this.#peek()) ? 1 : 0
    if (signLength === 0) return this.#peek() === '(' ? this.#group() : this.#term()
    if (word > 0) this.#skip(word)
    else this.#at += 1
    const missing = this.#atEnd() || /[\s)]/.test(this.#peek()) || this.#operator('OR') > 0 || this.#operator('AND') > 0
    if (missing) return refused(queryError('missing-term', start, signLength, { sign: this.#text.slice(start, start + signLength) }))
    const inner = this.#deeper(start, () => this.#negated())
    if (!inner.ok) return inner
    return parsed(inner.value.kind === 'not' ? inner.value.term : { kind: 'not', term: inner.value })
  }

  #group(): Parsed<Query> {
    const start = this.#at
    this.#skip(1)
    if (this.#atEnd()) return refused(queryError('unclosed-group', start, 1))
    if (this.#peek() === ')') return refused(queryError('empty-group', start, this.#at + 1 - start))
    const inner = this.#deeper(start, () => this.#either())
    if (!inner.ok) return inner
    if (this.#peek() !== ')') return refused(queryError('unclosed-group', start, 1))
    this.#skip(1)
    return inner
  }

  #term(): Parsed<Query> {
    if (this.#peek() === ')') return refused(queryError('unexpected-close', this.#at, 1))
    const term = parseTerm(this.#text, this.#at)
    if (!term.ok) return term
    this.#at = term.value.end
    this.#skipSpace()
    return parsed(term.value.term)
  }

  #deeper(start: number, parse: () => Parsed<Query>): Parsed<Query> {
    if (this.#depth >= maximumDepth) return refused(queryError('too-deep', start, 1, { limit: maximumDepth }))
    this.#depth += 1
    const outcome = parse()
    this.#depth -= 1
    return outcome
  }

  /** Length of the operator that stands here as a word of its own; 0 for none. */
  #operator(wanted: OperatorWord): number {
    const operator = operatorAt(this.#text, this.#at)
    return operator?.word === wanted ? operator.length : 0
  }

  #skip(length: number): void {
    this.#at += length
    this.#skipSpace()
  }

  #skipSpace(): void {
    while (!this.#atEnd() && /\s/.test(this.#peek())) this.#at += 1
  }

  #peek(): string {
    return this.#text.charAt(this.#at)
  }

  #atEnd(): boolean {
    return this.#at >= this.#text.length
  }
}
