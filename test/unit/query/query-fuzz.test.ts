import { expect, it } from 'vitest'
import {
  compileQuery,
  maximumQueryLength,
  parseQuery,
  queryErrorText,
  queryKeys,
  queryText,
  setNames,
} from '../../../src-shared/query/index.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'
import { seededRandom, type SeededRandom } from '../../builders/seeded-random.ts'

const mirror = buildMirror([
  { local: '127.0.0.1:8080', owner: 'nginx', user: 'root' },
  { local: '[fe80::1]:50000', remote: '[2001:db8::7]:443', owner: { name: 'Web Content', executable: '/usr/lib/x' }, receivedBytes: 5 },
  { protocol: 'udp', local: '10.0.0.1:53' },
])

const context = { now: () => 0, mine: { userName: 'root' }, highlightOf: () => 'new' as const, serviceName: () => 'http' }

/** Everything that must hold for any text; true when it was a good query. */
function examine(text: string): boolean {
  const outcome = parseQuery(text)
  if (!outcome.ok) {
    const { position, length } = outcome.error
    const inside = position >= 0 && length >= 0 && position + length <= text.length
    if (!inside || !queryErrorText(outcome.error, text).includes('^')) throw new Error(`no place in the error of ${JSON.stringify(text)}`)
    return false
  }
  const canonical = queryText(outcome.query)
  const matches = compileQuery(outcome.query, context)
  for (let slot = 0; slot < 3; slot += 1) matches(mirror, slot)
  if (canonical.length > maximumQueryLength) return true
  const again = parseQuery(canonical)
  if (!again.ok || JSON.stringify(again.query) !== JSON.stringify(outcome.query))
    throw new Error(`${JSON.stringify(text)} became ${JSON.stringify(canonical)}`)
  return true
}

it('texts out of pieces of the language never throw, and good ones read back equal', () => {
  const random = seededRandom(5)
  let good = 0
  for (let round = 0; round < 8000; round += 1) if (examine(pieces(random, pieceList, 1 + random.below(8)))) good += 1
  expect(good).toBeGreaterThan(400)
})

it('well-formed texts read back equal', () => {
  const random = seededRandom(6)
  for (let round = 0; round < 2000; round += 1) {
    const text = wellFormed(random, 3)
    expect([text, examine(text)]).toEqual([text, true])
  }
})

it('texts out of any characters never throw', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 5000; round += 1)
    examine(Array.from({ length: random.below(30) }, () => String.fromCharCode(random.below(random.pick([128, 128, 65_536])))).join(''))
})

it('the longest texts are read at once, whatever they consist of', () => {
  const startedAt = performance.now()
  for (const piece of [
    '(',
    '-',
    '/',
    '"',
    '\\',
    ':',
    ',',
    'a',
    '1',
    '1.',
    '::',
    'a ',
    '(a OR ',
    '-(',
    '/a/ ',
    '[',
    'exe:/',
    'exe:/ ',
    'a,',
    'port:1-',
    '/(a{9}){9}/ ',
    'OR ',
    '||',
    'a"',
    '*',
    'f:',
    '10.',
    '0:',
  ])
    examine(piece.repeat(Math.floor(2000 / piece.length)))
  // Quadratic behaviour or worse at 2000 characters would be far beyond this.
  expect(performance.now() - startedAt).toBeLessThan(5000)
})

const keys = queryKeys.map(({ name }) => `${name}:`)
const values = [
  '80',
  '8000-8999',
  '>1m',
  '<=5',
  '1.5MB',
  '10.0.0.0/8',
  'fe80::1',
  '::',
  '[::1]:443',
  '1.2.3.4:80',
  'chrom*',
  '/a|b/i',
  '"a b"',
  '"\\"\\\\"',
  'tcp',
  'time-wait',
  'root',
  '浏览',
]
const pieceList = [
  ...keys,
  ...values,
  ...setNames,
  ' ',
  ' ',
  ' ',
  '(',
  ')',
  '-',
  '!',
  ',',
  ' OR ',
  ' AND ',
  'NOT ',
  ':',
  '/',
  '"',
  '\\',
  '=',
  '>',
  '*',
  '.',
  '\t',
  '\u0000',
  '\ud800',
]

function pieces(random: SeededRandom, from: readonly string[], count: number): string {
  return Array.from({ length: count }, () => random.pick(from)).join('')
}

function wellFormed(random: SeededRandom, depth: number): string {
  if (depth === 0 || random.below(3) === 0) return random.pick(terms)
  const count = 1 + random.below(3)
  const parts = Array.from({ length: count }, () => `${random.pick(['', '', '-', '!', 'NOT '])}(${wellFormed(random, depth - 1)})`)
  return parts.join(random.pick([' ', ' OR ', ' AND ', '']))
}

const terms = [
  ...queryKeys.filter(({ valueKind }) => valueKind !== 'planned').map(({ example }) => example),
  ...setNames.map((name) => `is:${name}`),
  ...values.filter((value) => !/^[<>]/.test(value)),
  'process:"x y",/z/,w*',
  'port:>1024,80,9-',
  'local:::1,10.0.0.1:80,fe80:*',
  'exe:/usr/bin/x,/usr/',
  'age:1.5h',
  'state:fin*',
  'proto:tcp4,udp6',
]
