import { expect, it } from 'vitest'
import { completionPlace, parseQuery, queryTokens, termSpans, withoutTerm, withTerm } from '../../../src-shared/query/index.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const pieces = (text: string): string =>
  queryTokens(text)
    .map(({ kind, start, end }) => `${kind}=${text.slice(start, end)}`)
    .join(' ')
const terms = (text: string): string[] => termSpans(text).map(({ start, end }) => text.slice(start, end))
/** The caret stands at `|`. */
const placeAt = (marked: string): string => {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const place = completionPlace(text, caret)
  return place === undefined
    ? 'none'
    : `${place.kind} ${place.key ?? '-'} <${place.typed}> replaces <${text.slice(place.start, place.end)}>`
}

it('a query falls into keys, values, words, signs and operators', () => {
  const cases: [string, string][] = [
    ['firefox :443', 'word=firefox key=: value=443'],
    ['-state:listen,"a b"', 'sign=- key=state: value=listen comma=, quoted="a b"'],
    ['port>1024 OR (a NOT b)', 'key=port value=>1024 operator=OR open=( word=a operator=NOT word=b close=)'],
    ['process:/^a b/i x', 'key=process: regex=/^a b/i word=x'],
    ['exe:/usr/bin/x', 'key=exe: value=/usr/bin/x'],
    ['prot:x "open', 'key=prot: value=x quoted="open'],
    ['a,,b)', 'word=a comma=, comma=, word=b close=)'],
    ['process:/(/ b', 'key=process: regex=/(/ word=b'],
    ['[::1]:80', 'word=[::1]:80'],
  ]
  expect(cases.map(([text]) => [text, pieces(text)])).toEqual(cases)
})

it('the terms that all must match stand one by one; an OR makes one of them', () => {
  const cases: [string, string[]][] = [
    ['  ', []],
    ['a  b', ['a', 'b']],
    ['a AND -state:listen,bound', ['a', '-state:listen,bound']],
    ['NOT (a b) c', ['NOT (a b)', 'c']],
    ['(a OR b) c', ['(a OR b)', 'c']],
    ['a OR b c', ['a OR b c']],
    ['--a !"b c"', ['--a', '!"b c"']],
    ['(a)(b)', ['(a)', '(b)']],
  ]
  expect(cases.map(([text]) => [text, terms(text)])).toEqual(cases)
})

it('a term can be taken out of a query and put into it, whatever is around it', () => {
  expect(termSpans('a (b OR c) -d').map((span) => withoutTerm('a (b OR c) -d', span))).toEqual(['(b OR c) -d', 'a -d', 'a (b OR c)'])
  expect(['', ' a ', 'a OR b', '(a OR b) c', '(a) OR (b)', '(a OR b)', 'port:1'].map((text) => withTerm(text, 'port:1'))).toEqual([
    'port:1',
    'a port:1',
    '(a OR b) port:1',
    '(a OR b) c port:1',
    '((a) OR (b)) port:1',
    '(a OR b) port:1',
    'port:1',
  ])
})

it('the place of the caret says what is being typed and what a suggestion replaces', () => {
  const cases: [string, string][] = [
    ['|', 'word - <> replaces <>'],
    ['sta|', 'word - <sta> replaces <sta>'],
    ['a st|a b', 'word - <st> replaces <sta>'],
    ['a | b', 'word - <> replaces <>'],
    ['-sta|', 'word - <sta> replaces <sta>'],
    ['sta|te:listen', 'key - <sta> replaces <state:>'],
    ['state:|', 'value state <> replaces <>'],
    ['state:|listen', 'value state <> replaces <listen>'],
    ['STATE:clo|', 'value state <clo> replaces <clo>'],
    ['state:listen,|', 'value state <> replaces <>'],
    ['state:listen,c| x', 'value state <c> replaces <c>'],
    [':44|', 'value port <44> replaces <44>'],
    ['process:"Web C|', 'value process <Web C> replaces <"Web C>'],
    ['process:"Web C|ontent" x', 'value process <Web C> replaces <"Web Content">'],
    ['process:/a|b/', 'none'],
    ['"a|', 'none'],
    ['(|', 'word - <> replaces <>'],
  ]
  expect(cases.map(([marked]) => [marked, placeAt(marked)])).toEqual(cases)
})

it('any text has pieces in order and within it, and the terms of a good query make the same query again', () => {
  const random = seededRandom(7)
  const bits = [
    'a',
    'port:',
    ':80',
    '-',
    '!',
    '(',
    ')',
    ' ',
    ',',
    '"',
    '/',
    'OR',
    'AND ',
    ' NOT ',
    'state:listen',
    '\\',
    '[::1]:5',
    'é',
    '>1',
    '*',
  ]
  let good = 0
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: random.below(9) }, () => random.pick(bits)).join('')
    let before = 0
    for (const { start, end } of queryTokens(text)) {
      expect([text, start >= before, end > start, end <= text.length]).toEqual([text, true, true, true])
      before = end
    }
    for (let caret = 0; caret <= text.length; caret += 1) completionPlace(text, caret)
    const whole = parseQuery(text)
    if (!whole.ok) continue
    good += 1
    expect([text, parseQuery(terms(text).join(' '))]).toEqual([text, whole])
  }
  expect(good).toBeGreaterThan(300)
})
