import { expect, it } from 'vitest'
import { compileRegex } from '../../../src-shared/query/regex/linear-regex.ts'
import { seededRandom, type SeededRandom } from '../../builders/seeded-random.ts'

function linear(source: string, flags: string, text: string): boolean | string {
  const outcome = compileRegex(source, flags.includes('i'))
  if (outcome.ok) return outcome.regex.test(text)
  return outcome.problem.kind === 'bad' ? outcome.problem.reason : outcome.problem.feature
}

function problemOf(source: string): unknown {
  const outcome = compileRegex(source, false)
  return outcome.ok ? 'fine' : outcome.problem
}

it('answers as the engine of JavaScript does', () => {
  const cases: [string, string, string][] = [
    ['^a.c$', '', 'abc'],
    ['^a.c$', '', 'a\nc'],
    ['a|b|', '', 'x'],
    ['^(?:ab)+$', '', 'ababab'],
    ['^(?:ab)+$', '', 'ababa'],
    ['\\bfire', '', 'the firefox'],
    ['\\bfox', '', 'firefox'],
    ['\\Bfox', '', 'firefox'],
    ['^[^a-c\\d]+$', '', 'xyz'],
    ['^[^a-c\\d]+$', '', 'xy1'],
    ['[\\w.-]+@', '', 'a.b-c@'],
    ['[\\]x]', '', ']'],
    ['[^B]', 'i', 'b'],
    ['É', 'i', 'é'],
    ['日本', '', 'x日本y'],
    ['^.{2,3}$', '', 'abcd'],
    ['^.{2,}$', '', 'abcd'],
    ['a{,3}', '', 'a{,3}'],
    ['^a{0}b$', '', 'b'],
    ['^(a*)*$', '', 'aaab'],
    ['^(a|aa)+$', '', 'aaaa'],
    ['x*?y', '', 'xxy'],
    ['\\x41\\u0042', '', 'AB'],
    ['$^', '', ''],
    ['a$b', '', 'ab'],
    ['\\/', '', '/'],
    ['K', 'i', '\u212a'],
  ]
  for (const [source, flags, text] of cases)
    expect([source, text, linear(source, flags, text)]).toEqual([source, text, new RegExp(source, flags).test(text)])
})

it('answers as the engine of JavaScript does for thousands of random patterns', () => {
  const random = seededRandom(20261120)
  for (let round = 0; round < 3000; round += 1) {
    const source = randomPattern(random, 3)
    const flags = random.pick(['', 'i'])
    const native = new RegExp(source, flags)
    const outcome = compileRegex(source, flags === 'i')
    for (let text = 0; text < 4; text += 1) {
      const subject = Array.from({ length: random.below(9) }, () => random.pick(['a', 'b', 'A', ' ', '1', 'é'])).join('')
      expect([source, flags, subject, outcome.ok && outcome.regex.test(subject)]).toEqual([source, flags, subject, native.test(subject)])
    }
  }
})

it('what it cannot match in linear time, or at all, is refused with the place', () => {
  expect(problemOf('a(b')).toEqual({ kind: 'bad', reason: 'unclosed-group', at: 1 })
  expect(problemOf('ab)')).toEqual({ kind: 'bad', reason: 'unexpected-close', at: 2 })
  expect(problemOf('x[ab')).toEqual({ kind: 'bad', reason: 'unclosed-class', at: 1 })
  expect(problemOf('[b-a]')).toEqual({ kind: 'bad', reason: 'bad-class-range', at: 2 })
  expect(problemOf('*a')).toEqual({ kind: 'bad', reason: 'nothing-to-repeat', at: 0 })
  expect(problemOf('a**')).toEqual({ kind: 'bad', reason: 'nothing-to-repeat', at: 2 })
  expect(problemOf('a{3,2}')).toEqual({ kind: 'bad', reason: 'bad-repeat-range', at: 0 })
  expect(problemOf('a\\')).toEqual({ kind: 'bad', reason: 'unfinished-escape', at: 1 })
  expect(problemOf('(?=a)')).toEqual({ kind: 'unsupported', feature: 'lookaround', at: 0 })
  expect(problemOf('(?<!a)')).toEqual({ kind: 'unsupported', feature: 'lookaround', at: 0 })
  expect(problemOf('(?<n>a)')).toEqual({ kind: 'unsupported', feature: 'named-group', at: 0 })
  expect(problemOf('(a)\\1')).toEqual({ kind: 'unsupported', feature: 'back-reference', at: 3 })
  expect(problemOf('\\p{L}')).toEqual({ kind: 'unsupported', feature: 'escape', at: 0 })
  expect(problemOf('((a{99}){99}){99}')).toEqual({ kind: 'bad', reason: 'too-complex', at: 0 })
  expect(problemOf('a'.repeat(501))).toEqual({ kind: 'bad', reason: 'too-long', at: 0 })
})

it('patterns that hang a backtracking engine answer at once', () => {
  const text = `${'a'.repeat(4000)}!`
  const startedAt = performance.now()
  for (const source of [
    '^(a+)+$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '(.*)*x',
    `${'a?'.repeat(60)}${'a'.repeat(60)}$`,
    '^(?:.*a){12}$',
    '(?:a{0,20}){0,20}x',
  ])
    expect([source, linear(source, '', text)]).toEqual([source, false])
  // Any one of them would take longer than the age of the universe; the bound only has to tell the two apart.
  expect(performance.now() - startedAt).toBeLessThan(5000)
})

it('a pattern with more state sets than are kept still answers right', () => {
  const random = seededRandom(7)
  const outcome = compileRegex('a.{12}b.{3}c', false)
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from({ length: 60 }, () => random.pick(['a', 'b', 'c', 'd'])).join('')
    expect([text, outcome.ok && outcome.regex.test(text)]).toEqual([text, /a.{12}b.{3}c/.test(text)])
  }
})

function randomPattern(random: SeededRandom, depth: number): string {
  let pattern = ''
  for (let part = random.below(4); part >= 0; part -= 1) {
    const atom = depth > 0 && random.below(3) === 0 ? `(${random.pick(['', '?:'])}${randomPattern(random, depth - 1)})` : random.pick(atoms)
    pattern += atom + (zeroWidth.has(atom) ? '' : random.pick(repeats))
    if (random.below(6) === 0) pattern += '|'
  }
  return pattern
}

const zeroWidth = new Set(['^', '$', '\\b', '\\B'])
const atoms = ['a', 'b', 'A', '.', '\\w', '\\d', '\\s', '\\W', '[ab]', '[^a]', '[^\\d]', '[a-z1]', ' ', 'é', ...zeroWidth]
const repeats = ['', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '{1,}', '*?', '+?']
