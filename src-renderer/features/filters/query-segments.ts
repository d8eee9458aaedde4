/** A search cut into pieces to colour, every unit of its text in exactly one of them, so that they lie under what is typed. */
import { queryTokens } from '../../../src-shared/query/index.ts'
import type { QueryError } from '../../../src-shared/query/query-error.ts'
import type { TokenKind } from '../../../src-shared/query/query-tokens.ts'

export interface QuerySegment {
  readonly text: string
  readonly kind: TokenKind | 'space'
  /** What the error is about. */
  readonly wrong: boolean
}

export function querySegments(text: string, error: Pick<QueryError, 'position' | 'length'> | undefined): readonly QuerySegment[] {
  const segments: QuerySegment[] = []
  const from = error?.position ?? text.length
  const to = error === undefined ? from : Math.max(from + error.length, from)
  const add = (kind: QuerySegment['kind'], start: number, end: number): void => {
    const cuts = [start, ...[from, to].filter((cut) => cut > start && cut < end), end]
    for (const [index, cut] of cuts.entries()) {
      const next = cuts[index + 1]
      if (next !== undefined && next > cut) segments.push({ text: text.slice(cut, next), kind, wrong: cut >= from && next <= to })
    }
  }
  let at = 0
  for (const { kind, start, end } of queryTokens(text)) {
    add('space', at, start)
    add(kind, start, end)
    at = end
  }
  add('space', at, text.length)
  // Something is missing at the end: a mark behind it, where the caret stands.
  if (error !== undefined && to === from && from >= text.length) segments.push({ text: ' ', kind: 'space', wrong: true })
  return segments
}
