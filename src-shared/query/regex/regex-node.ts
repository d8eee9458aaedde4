/** The parsed form of a regular expression. Characters are UTF-16 units, as in JavaScript without the `u` flag. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'either'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly minimum: number; readonly maximum: number }

export type Assertion = 'start' | 'end' | 'word-boundary' | 'no-word-boundary'

export interface CharacterSet {
  /** Pairs of first and last unit, inclusive. */
  readonly ranges: readonly (readonly [number, number])[]
  readonly negated: boolean
}

export type RegexProblem =
  | { readonly kind: 'bad'; readonly reason: BadRegexReason; readonly at: number }
  | { readonly kind: 'unsupported'; readonly feature: 'lookaround' | 'back-reference' | 'named-group' | 'escape'; readonly at: number }

export type BadRegexReason =
  | 'unclosed-group'
  | 'unexpected-close'
  | 'unclosed-class'
  | 'bad-class-range'
  | 'nothing-to-repeat'
  | 'bad-repeat-range'
  | 'unfinished-escape'
  | 'too-long'
  | 'too-complex'
