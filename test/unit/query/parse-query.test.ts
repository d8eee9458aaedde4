import { expect, it } from 'vitest'
import { parseQuery, queryErrorText, queryKeys, queryText } from '../../../src-shared/query/index.ts'
import { nearest } from '../../../src-shared/query/nearest.ts'

/** The error as `code position+length`. */
function errorOf(text: string): string {
  const outcome = parseQuery(text)
  return outcome.ok ? 'fine' : `${outcome.error.code} ${outcome.error.position}+${outcome.error.length}`
}

function nearestOf(text: string): unknown {
  const outcome = parseQuery(text)
  return outcome.ok ? undefined : outcome.error.parameters['nearest']
}

it('a bad query says what is wrong and where', () => {
  const cases: [string, string][] = [
    ['firefox prot:tcp', 'unknown-key 8+4'],
    ['a -container:web', 'not-available-yet 3+9'],
    ['container:', 'not-available-yet 0+9'],
    ['process:', 'missing-value 8+0'],
    ['process: firefox', 'missing-value 8+0'],
    ['port:80,,81', 'missing-value 8+0'],
    ['port:80,', 'missing-value 8+0'],
    ['process:""', 'missing-value 8+2'],
    ['-', 'missing-term 0+1'],
    ['a - b', 'missing-term 2+1'],
    ['NOT OR b', 'missing-term 0+3'],
    ['(a b', 'unclosed-group 0+1'],
    ['a (b (c)', 'unclosed-group 2+1'],
    ['(', 'unclosed-group 0+1'],
    ['a b)', 'unexpected-close 3+1'],
    [')', 'unexpected-close 0+1'],
    ['a ( )', 'empty-group 2+3'],
    ['OR b', 'unexpected-or 0+2'],
    ['a OR', 'unexpected-or 2+2'],
    ['a OR OR b', 'unexpected-or 5+2'],
    ['(a OR )', 'unexpected-or 3+2'],
    ['a || || b', 'unexpected-or 5+2'],
    ['AND b', 'unexpected-and 0+3'],
    ['a AND OR b', 'unexpected-and 2+3'],
    ['a AND', 'unexpected-and 2+3'],
    ['a "b c', 'unclosed-quote 2+4'],
    ['process:/ab', 'unclosed-regex 8+3'],
    ['process:/a[b/', 'unclosed-regex 8+5'],
    ['process:/a(b/', 'bad-regex 10+1'],
    ['/a/x', 'bad-regex 3+1'],
    ['//', 'bad-regex 0+2'],
    ['/usr/bin', 'bad-regex 5+3'],
    ['x /(?=a)/', 'unsupported-regex 3+1'],
    ['port:65536', 'bad-number 5+5'],
    ['port:80,http', 'bad-number 8+4'],
    ['port:>x', 'bad-number 6+1'],
    ['port:1.5', 'bad-number 5+3'],
    ['pid:4294967296', 'bad-number 4+10'],
    [':99999', 'bad-number 1+5'],
    ['[::1]:70000', 'bad-number 6+5'],
    ['port:9-3', 'bad-range 5+3'],
    ['age:5m-1m', 'bad-range 4+5'],
    ['age:5x', 'bad-duration 4+2'],
    ['age:>1MB', 'bad-duration 5+3'],
    ['rx:>1h', 'bad-size 4+2'],
    ['rx:1MB/s', 'bad-size 3+5'],
    ['local:8080', 'bad-address 6+4'],
    ['remote:300.1.1.1', 'bad-address 7+9'],
    ['remote:010.0.0.1', 'bad-address 7+9'],
    ['remote:a.example', 'bad-address 7+9'],
    ['remote:10.0.0.0/33', 'bad-cidr 16+2'],
    ['10.0.0.0/', 'bad-cidr 9+0'],
    ['fe80::/129', 'bad-cidr 7+3'],
    ['remote:10.0.0.0/255.0.255.0', 'bad-cidr 16+11'],
    ['state:establish', 'bad-state 6+9'],
    ['state:listen,nope', 'bad-state 13+4'],
    ['state:x*', 'bad-state 6+2'],
    ['proto:icmp', 'bad-protocol 6+4'],
    ['is:listning', 'unknown-set 3+8'],
    ['is:constructor', 'unknown-set 3+11'],
    ['constructor:x', 'unknown-key 0+11'],
    ['port:/8/', 'bad-value 5+3'],
    ['('.repeat(52), 'too-deep 50+1'],
    ['-'.repeat(60) + 'a', 'too-deep 50+1'],
    ['a'.repeat(2001), 'too-long 2000+1'],
  ]
  expect(cases.map(([text]) => [text, errorOf(text)])).toEqual(cases)
})

it('two letters that changed places are one slip', () => {
  expect(['lsit', 'wacth', 'klil', 'tsil'].map((word) => nearest(word, ['list', 'watch', 'kill']))).toEqual([
    'list',
    'watch',
    'kill',
    undefined,
  ])
})

it('the nearest key, state or set is offered', () => {
  expect(['prot:tcp', 'locl:x', 'stat:x', 'zzzzzz:x', 'state:estabished', 'state:close_wiat', 'is:lisening'].map(nearestOf)).toEqual([
    'proto',
    'local',
    'state',
    undefined,
    'ESTABLISHED',
    'CLOSE_WAIT',
    'listening',
  ])
})

it('the canonical text is short and quotes only what needs it', () => {
  const cases: [string, string][] = [
    ['  a   b ', 'a b'],
    ['a AND b && c', 'a b c'],
    ['a || b OR (c OR d)', 'a OR b OR c OR d'],
    ['(a b) c', 'a b c'],
    ['(a OR b) !c', '(a OR b) -c'],
    ['NOT (a b)', '-(a b)'],
    ['--a', 'a'],
    ['((a))', 'a'],
    ['PORT>1024', 'port:>1024'],
    [':8080', 'port:8080'],
    ['port:8000-', 'port:>=8000'],
    ['age:1-5M', 'age:1m-5m'],
    ['rx:>1.50mb', 'rx:>1.5MB'],
    ['rxrate:>1k/s', 'rxrate:>1KB'],
    ['state:ESTAB,Time-Wait,TIME_WAIT', 'state:established,time_wait'],
    ['remote:10.1', 'remote:10.1.0.0/16'],
    ['remote:2001:DB8:0::7', 'remote:2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7/128'],
    ['exe:/usr/bin/x', 'exe:"/usr/bin/x"'],
    ['exe:"C:\\Program Files\\x"', 'exe:"C:\\Program Files\\x"'],
    ['"OR"', '"OR"'],
    ['"-a"', '"-a"'],
    ['"a*"', '"a*"'],
    ['"a\\\\"', '"a\\\\"'],
    ['浏览器', '浏览器'],
    ['/a b\\/c/i', '/a b\\/c/i'],
  ]
  expect(cases.map(([text]) => [text, canonical(text)])).toEqual(cases)
})

function canonical(text: string): string {
  const outcome = parseQuery(text)
  return outcome.ok ? queryText(outcome.query) : outcome.error.code
}

it('the example of every key is a good query, or not available yet', () => {
  for (const { example, valueKind } of queryKeys)
    expect([example, errorOf(example).split(' ')[0]]).toEqual([example, valueKind === 'planned' ? 'not-available-yet' : 'fine'])
})

it('the terminal text points at the place and says what to do', () => {
  expect(explained('firefox prot:tcp').split('\n')).toEqual([
    'There is no key "prot".',
    '  firefox prot:tcp',
    '          ^^^^',
    expect.stringMatching(/^Did you mean proto\? Keys: process, .*double quotes\.$/),
  ])
  expect(explained('浏览器 port:x').split('\n')[2]).toBe(`  \u3000\u3000\u3000      ^`)
})

it('a long query is cut around the place, and control characters reach no terminal', () => {
  const lines = explained(`${'a '.repeat(200)}port:x ${'b '.repeat(200)}`).split('\n')
  expect(lines[1]!.length).toBeLessThanOrEqual(74)
  expect(lines[1]!.slice(lines[2]!.indexOf('^'))).toMatch(/^x b/)
  expect(explained('is:\u001b[31mx\u009b\u202e').replaceAll('\n', '')).not.toMatch(/\p{C}/u)
})

function explained(text: string): string {
  const outcome = parseQuery(text)
  return outcome.ok ? 'fine' : queryErrorText(outcome.error, text)
}
