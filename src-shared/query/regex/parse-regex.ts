/**
 * Reads the part of JavaScript's regular expressions that a finite automaton can run: literals, classes, groups, alternatives,
 * repetition, anchors and word boundaries. Look-around and back-references cannot be matched in linear time and are refused.
 */
import { complement, digitRanges, lineEndRanges, spaceRanges, wordRanges } from './character-set.ts'
import type { CharacterSet, RegexNode, RegexProblem } from './regex-node.ts'

/** Long enough for any list of names a person types; bounds parsing and nesting. */
export const maximumRegexLength = 500
const maximumRepeat = 1000

export type RegexParse = { readonly ok: true; readonly node: RegexNode } | { readonly ok: false; readonly problem: RegexProblem }

export function parseRegex(source: string): RegexParse {
  if (source.length > maximumRegexLength) return { ok: false, problem: { kind: 'bad', reason: 'too-long', at: 0 } }
  const parser = new RegexParser(source)
  const node = parser.whole()
  return parser.problem === undefined ? { ok: true, node } : { ok: false, problem: parser.problem }
}

type Ranges = CharacterSet['ranges']
const empty: RegexNode = { kind: 'empty' }
const setOf = (ranges: Ranges): RegexNode => ({ kind: 'set', set: { ranges, negated: false } })
const controlEscapes: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 }
const classEscapes: Readonly<Record<string, Ranges>> = {
  d: digitRanges,
  D: complement(digitRanges),
  w: wordRanges,
  W: complement(wordRanges),
  s: spaceRanges,
  S: complement(spaceRanges),
}

/** Each method goes on after a problem with whatever it has; only the first problem counts. */
class RegexParser {
  problem: RegexProblem | undefined
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  whole(): RegexNode {
    const node = this.#either()
    if (this.#at < this.#source.length) this.#bad('unexpected-close', this.#at)
    return node
  }

  #either(): RegexNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 ? (options[0] ?? empty) : { kind: 'either', options }
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = []
    while (this.problem === undefined && this.#at < this.#source.length && !'|)'.includes(this.#peek())) parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): RegexNode {
    const start = this.#at
    const node = this.#single()
    const counts = this.#counts()
    if (counts === undefined) return node
    if (node.kind === 'assert') this.#bad('nothing-to-repeat', start)
    if (counts[0] > counts[1] || counts[0] > maximumRepeat || (counts[1] !== Infinity && counts[1] > maximumRepeat))
      this.#bad('bad-repeat-range', start)
    this.#take('?') // Lazy or greedy makes no difference to whether there is a match.
    if (this.#at < this.#source.length && ('*+?'.includes(this.#peek()) || this.#braces() !== null))
      this.#bad('nothing-to-repeat', this.#at)
    return { kind: 'repeat', node, minimum: counts[0], maximum: counts[1] }
  }

  #counts(): [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity]
    if (this.#take('+')) return [1, Infinity]
    if (this.#take('?')) return [0, 1]
    const braces = this.#braces()
    if (braces === null) return undefined
    this.#at += braces[0].length
    const minimum = Number(braces[1])
    if (braces[2] === undefined) return [minimum, minimum]
    return [minimum, braces[3] === '' ? Infinity : Number(braces[3])]
  }

  #braces(): RegExpExecArray | null {
    return this.#peek() === '{' ? /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#source.slice(this.#at, this.#at + 24)) : null
  }

  #single(): RegexNode {
    const start = this.#at
    const sign = this.#next()
    if (sign === '^') return { kind: 'assert', what: 'start' }
    if (sign === '$') return { kind: 'assert', what: 'end' }
    if (sign === '.') return setOf(complement(lineEndRanges))
    if (sign === '(') return this.#group(start)
    if (sign === '[') return this.#class(start)
    if (sign === '\\') return this.#escape(start)
    if ('*+?'.includes(sign)) this.#bad('nothing-to-repeat', start)
    return setOf([[sign.charCodeAt(0), sign.charCodeAt(0)]])
  }

  #group(start: number): RegexNode {
    if (this.#take('?') && !this.#take(':')) {
      const named = /^<[^=!]/.test(this.#source.slice(this.#at))
      this.problem ??= { kind: 'unsupported', feature: named ? 'named-group' : 'lookaround', at: start }
      return empty
    }
    const node = this.#either()
    if (!this.#take(')')) this.#bad('unclosed-group', start)
    return node
  }

  #escape(start: number): RegexNode {
    const sign = this.#peek()
    if (sign === 'b' || sign === 'B') {
      this.#at += 1
      return { kind: 'assert', what: sign === 'b' ? 'word-boundary' : 'no-word-boundary' }
    }
    return setOf(this.#escapedRanges(start))
  }

  /** After a backslash: what it stands for, inside and outside of classes. */
  #escapedRanges(start: number): Ranges {
    if (this.#at >= this.#source.length) {
      this.#bad('unfinished-escape', start)
      return []
    }
    const sign = this.#next()
    const ranges = classEscapes[sign]
    if (ranges !== undefined) return ranges
    const unit = controlEscapes[sign] ?? this.#hexEscape(sign) ?? sign.charCodeAt(0)
    if (/[1-9]/.test(sign)) this.problem ??= { kind: 'unsupported', feature: 'back-reference', at: start }
    else if (/[a-z]/i.test(sign) && unit === sign.charCodeAt(0)) this.problem ??= { kind: 'unsupported', feature: 'escape', at: start }
    return [[unit, unit]]
  }

  #hexEscape(sign: string): number | undefined {
    const digits = sign === 'x' ? 2 : sign === 'u' ? 4 : 0
    const text = this.#source.slice(this.#at, this.#at + digits)
    if (digits === 0 || text.length < digits || !/^[\da-f]+$/i.test(text)) return undefined
    this.#at += digits
    return Number.parseInt(text, 16)
  }

  #class(start: number): RegexNode {
    const negated = this.#take('^')
    const ranges: (readonly [number, number])[] = []
    while (this.#at < this.#source.length && this.#peek() !== ']' && this.problem === undefined) {
      const first = this.#classItem()
      const range = first.length === 1 && this.#peek() === '-' && !this.#source.startsWith('-]', this.#at)
      if (!range) {
        ranges.push(...first)
        continue
      }
      const at = this.#at
      this.#at += 1
      const low = first[0]?.[0] ?? 0
      const last = this.#at < this.#source.length ? this.#classItem() : []
      const high = last.length === 1 ? (last[0]?.[1] ?? 0) : -1
      if (high < low) this.#bad(this.#at < this.#source.length ? 'bad-class-range' : 'unclosed-class', at)
      ranges.push([low, high])
    }
    if (!this.#take(']')) this.#bad('unclosed-class', start)
    return { kind: 'set', set: { ranges, negated } }
  }

  #classItem(): Ranges {
    const start = this.#at
    const sign = this.#next()
    if (sign !== '\\') return [[sign.charCodeAt(0), sign.charCodeAt(0)]]
    if (this.#take('b')) return [[8, 8]]
    return this.#escapedRanges(start)
  }

  #bad(reason: Extract<RegexProblem, { kind: 'bad' }>['reason'], at: number): void {
    this.problem ??= { kind: 'bad', reason, at }
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #next(): string {
    const sign = this.#peek()
    this.#at += 1
    return sign
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false
    this.#at += 1
    return true
  }
}
