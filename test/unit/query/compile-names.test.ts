import { describe, expect, it } from 'vitest'
import { compileQuery, namesUsed, parseQuery, queryText } from '../../../src-shared/query/index.ts'
import { buildMirror } from '../../builders/mirror-builder.ts'

const mirror = buildMirror([
  { local: '127.0.0.1:1', remote: '192.0.2.1:443', state: 'ESTABLISHED' },
  { local: '127.0.0.1:2', remote: '192.0.2.2:443', state: 'ESTABLISHED' },
  { local: '127.0.0.1:3', remote: '192.0.2.3:443', state: 'ESTABLISHED' },
  { local: '127.0.0.1:4', state: 'LISTEN' },
])
mirror.names.learn('192.0.2.1', { host: 'www.example.com', country: 'SE', asn: 64_496, network: 'Example Hosting' })
mirror.names.learn('192.0.2.2', { host: 'notexample.com', country: 'DE', asn: 64_497 })

function matching(text: string): number[] {
  const outcome = parseQuery(text)
  if (!outcome.ok) throw new Error(outcome.error.code)
  expect(parseQuery(queryText(outcome.query))).toEqual(outcome)
  const test = compileQuery(outcome.query, { now: () => 0 })
  return [0, 1, 2, 3].filter((slot) => test(mirror, slot))
}

describe('what is known about remote addresses', () => {
  it.each([
    ['host:example.com', [0]],
    ['host:www.example.com', [0]],
    ['host:*example.com', [0, 1]],
    ['host:/^www/', [0]],
    ['host:example', []],
    ['country:se', [0]],
    ['country:SE,DE', [0, 1]],
    ['country:Germany', [1]],
    ['country:swed*', [0]],
    ['asn:64496', [0]],
    ['asn:AS64497', [1]],
    ['asn:hosting', [0]],
    ['-country:SE', [1, 2, 3]],
    ['host:example.com OR asn:64497', [0, 1]],
  ])('%s', (text, slots) => expect(matching(text)).toEqual(slots))

  it('is asked anew when more becomes known', () => {
    const outcome = parseQuery('country:NO')
    if (!outcome.ok) throw new Error(outcome.error.code)
    const test = compileQuery(outcome.query, { now: () => 0 })
    expect(test(mirror, 2)).toBe(false)
    mirror.names.learn('192.0.2.3', { country: 'NO' })
    expect(test(mirror, 2)).toBe(true)
    mirror.names.learn('192.0.2.3', {})
  })
  it.each([
    ['firefox :443', []],
    ['a (host:b OR -(country:SE asn:1))', ['host', 'country', 'asn']],
  ])('%s uses the keys %j', (text, keys) => {
    const outcome = parseQuery(text)
    expect(outcome.ok && [...namesUsed(outcome.query)]).toEqual(keys)
  })
})
