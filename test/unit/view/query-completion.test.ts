import { expect, it } from 'vitest'
import { completionWords } from '../../../src-renderer/features/filters/completion-words.ts'
import { completions, maximumCompletions } from '../../../src-renderer/features/filters/query-completion.ts'
import { queryFix } from '../../../src-renderer/features/filters/query-fix.ts'
import { querySegments } from '../../../src-renderer/features/filters/query-segments.ts'
import { valueExamples } from '../../../src-renderer/features/filters/value-examples.ts'
import { parseQuery, queryKeys } from '../../../src-shared/query/index.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'

const rows: RowInput[] = [
  { local: '0.0.0.0:443', owner: { pid: 10, name: 'nginx', executable: '/usr/sbin/nginx', user: 'root' }, user: 'root' },
  { local: '192.0.2.1:443', remote: '203.0.113.5:50000', owner: { pid: 10, name: 'nginx', user: 'root' }, user: 'root' },
  { local: '192.0.2.1:5000', remote: '203.0.113.9:443', owner: { pid: 20, name: 'Web Content', user: 'ana' }, user: 'ana' },
  { local: '192.0.2.1:5001', remote: '203.0.113.9:8443', owner: { pid: 21, name: 'state machine', user: 'ana' }, user: 'ana' },
  { local: '192.0.2.1:5002', remote: '203.0.113.9:80', owner: { pid: 22, name: 'evil\nname', user: 'ana' }, user: 'ana' },
]
const mirror = buildMirror(rows)
const services: Readonly<Record<number, string>> = { 443: 'https', 80: 'http' }

/** The caret stands at `|`; what each suggestion would make of the text. */
function offered(marked: string, asked = false): string[] {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = completions({ text, caret, words: () => completionWords(mirror), serviceName: (port) => services[port], asked })
  return found.map(({ insert, start, end }) => text.slice(0, start) + insert + text.slice(end))
}

it('a word that begins like a key, a set, a state or a process may become one, keys first', () => {
  expect(offered('sta|')).toEqual(['state:', 'process:"state machine"'])
  expect(offered('lis|')).toEqual(['is:listening', 'state:listen'])
  expect(offered('a ngi| b')).toEqual(['a process:nginx b'])
  expect(offered('-web|')).toEqual(['-process:"Web Content"'])
  expect(offered('un|')).toEqual(['unanswered:', 'is:unowned', 'state:closed'])
  const planned = new Set(queryKeys.filter(({ valueKind }: { valueKind: string }) => valueKind === 'planned').map(({ name }) => `${name}:`))
  expect([...offered('|', true), ...offered('co|'), ...offered('ho|')].filter((each) => planned.has(each as never))).toEqual([])
})

it('values come from the table, the commonest first, quoted where they need it', () => {
  expect(offered('process:|')).toEqual(['process:nginx', 'process:"Web Content"', 'process:"state machine"'])
  expect(offered('process:"web c|')).toEqual(['process:"Web Content"'])
  expect(offered('process:nginx,w|')).toEqual(['process:nginx,"Web Content"'])
  expect(offered('user:|')).toEqual(['user:ana', 'user:root'])
  expect(offered('exe:ngi|')).toEqual(['exe:"/usr/sbin/nginx"'])
  expect(offered('remote:203.0.113.|')).toEqual(['remote:203.0.113.9', 'remote:203.0.113.5'])
  expect(offered('pid:2|')).toEqual(['pid:20', 'pid:21', 'pid:22'])
  expect(offered('pid:web|')).toEqual(['pid:20'])
})

it('ports are found by number and by the name of their service', () => {
  expect(offered('port:htt|')).toEqual(['port:443', 'port:80'])
  expect(offered('rport:8|')).toEqual(['rport:80', 'rport:8443'])
  expect(offered(':4|')).toEqual([':443'])
})

it('states are found in every spelling', () => {
  expect(offered('state:estab|')).toEqual(['state:established'])
  expect(offered('state:FIN-W|')).toEqual(['state:fin_wait_1', 'state:fin_wait_2'])
  expect(offered('state:finwait2|')).toEqual(['state:fin_wait_2'])
  expect(offered('state:syn_rcvd|')).toEqual(['state:syn_received'])
  expect(offered('state:wait|').toSorted()).toEqual(['state:close_wait', 'state:fin_wait_1', 'state:fin_wait_2', 'state:time_wait'])
  expect(offered('state:listen,clo|').toSorted()).toEqual(['state:listen,close_wait', 'state:listen,closed', 'state:listen,closing'])
})

it('nothing is offered for what is complete, for a single letter of a name, within expressions, or unasked on nothing', () => {
  const silent = ['state:listen|', 'port:443|', 'process:nginx|', 'process:/ngi|/', '|', 'a |', 'zzz|', 'nope:x|']
  expect(silent.flatMap((text) => offered(text))).toEqual([])
  expect(offered('n|')).toEqual(['is:new'])
  expect(offered('|', true).length).toBe(maximumCompletions)
})

const continues = (text: string): boolean[] =>
  completions({ text, caret: text.length, words: () => completionWords(mirror) }).map((each) => each.continues)

it('only what carries on what was typed says so', () => {
  expect([continues('sta'), continues('state:est'), continues('process:"web'), continues('state:')[0]]).toEqual([
    [true, false],
    [true],
    [true],
    false,
  ])
})

it('the rows of a large table are sampled, and its processes are all known', () => {
  const many = Array.from({ length: 20_000 }, (_, index): RowInput => ({
    remote: `198.51.100.1:${1 + (index % 100)}`,
    owner: { pid: index % 500, startToken: '1', name: `p${index % 500}` },
  }))
  const words = completionWords(buildMirror(many))
  expect(words.process.length).toBe(500)
  expect(words.rport.reduce((sum, { count }) => sum + count, 0)).toBe(4000)
})

it('every example of a figure is a good query', () => {
  const wrong = Object.entries(valueExamples).flatMap(([key, values]) =>
    values.map((value) => `${key}:${value}`).filter((query) => !parseQuery(query).ok),
  )
  expect(wrong).toEqual([])
})

it('the likely change to a wrong search makes a good one', () => {
  const fixes: [string, string | undefined][] = [
    ['a prot:tcp', 'a proto:tcp'],
    ['state:close_wiat', 'state:close_wait'],
    ['is:lisening b', 'is:listening b'],
    ['(a OR b', '(a OR b)'],
    ['a)', 'a'],
    ['process:"a b', 'process:"a b"'],
    ['process:/ab', 'process:/ab/'],
    ['a OR', 'a'],
    ['port:90-80', 'port:80-90'],
    ['remote:443 x', 'rport:443 x'],
    ['local:8080', 'lport:8080'],
    ['a () b', 'a  b'],
    ['zzzzzz:x', undefined],
    ['age:5x', undefined],
  ]
  const fixed = fixes.map(([text]) => {
    const outcome = parseQuery(text)
    return [text, outcome.ok ? 'fine' : queryFix(text, outcome.error)?.text]
  })
  expect(fixed).toEqual(fixes)
})

function pieces(text: string): string {
  const outcome = parseQuery(text)
  const segments = querySegments(text, outcome.ok ? undefined : outcome.error)
  expect(
    segments
      .map((segment) => segment.text)
      .join('')
      .trimEnd(),
  ).toBe(text.trimEnd())
  return segments.map(({ text: piece, kind, wrong }) => `${kind}${wrong ? '!' : ''}<${piece}>`).join('')
}

it('the coloured pieces are the text, letter for letter, and the mistake is marked', () => {
  expect(pieces('a  prot:x')).toBe('word<a>space<  >key!<prot>key<:>value<x>')
  expect(pieces('state:listen,nope b')).toBe('key<state:>value<listen>comma<,>value!<nope>space< >word<b>')
  expect(pieces('port:')).toBe('key<port:>space!< >')
  expect(pieces('port:443 ')).toBe('key<port:>value<443>space< >')
})
