/** What stands at the caret of a query that is being typed, and what a suggestion would replace. */
import { queryTokens, type QueryToken } from './query-tokens.ts'

export interface CompletionPlace {
  /** A bare word may become a key or a whole term; a value belongs to its key. */
  readonly kind: 'word' | 'key' | 'value'
  /** The key of a value in lower case. */
  readonly key?: string
  /** What is before the caret of the piece, without the quotation mark. */
  readonly typed: string
  /** What a suggestion replaces. */
  readonly start: number
  readonly end: number
}

/** Undefined where nothing can be suggested: within a regular expression. `caret` is a place between two units of the text. */
export function completionPlace(text: string, caret: number): CompletionPlace | undefined {
  const tokens = queryTokens(text)
  const at = tokens.findLast(({ start, end }) => start < caret && caret <= end)
  const after = (token: QueryToken): QueryToken | undefined => tokens.find(({ start, kind }) => start === token.end && kind !== 'comma')
  const place = (kind: CompletionPlace['kind'], start: number, end: number, key?: string): CompletionPlace => {
    const typed = text.slice(start, caret).replace(/^"/, '')
    return key === undefined ? { kind, typed, start, end } : { kind, key, typed, start, end }
  }
  if (at === undefined) return place('word', caret, caret)
  const { kind, start, end, key } = at
  if (kind === 'word') return place('word', start, end)
  if (kind === 'value' || kind === 'quoted') return key === undefined ? undefined : place('value', start, end, key)
  if (kind === 'comma') return key === undefined ? undefined : place('value', caret, after(at)?.end ?? caret, key)
  if (kind === 'key') {
    if (caret < end) return place('key', start, end)
    const name = text
      .slice(start, end)
      .toLowerCase()
      .replace(/^\*?:$/, 'port')
      .replace(/:$/, '')
    return place('value', caret, after(at)?.key === name ? (after(at)?.end ?? caret) : caret, name)
  }
  return kind === 'regex' ? undefined : place('word', caret, caret)
}
