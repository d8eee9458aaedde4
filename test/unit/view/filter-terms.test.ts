import { expect, it } from 'vitest'
import { cellTerm, sameTerms } from '../../../src-renderer/features/row-menu/filter-terms.ts'
import { columnIds, type ColumnId } from '../../../src-renderer/view/column-id.ts'
import { connectionAt } from '../../../src-shared/model/connection.ts'
import { compileQuery, parseQuery, withTerm } from '../../../src-shared/query/index.ts'
import { builderTakenAt, buildMirror, type RowInput } from '../../builders/mirror-builder.ts'

const web: RowInput = {
  local: '192.0.2.7:50412',
  remote: '203.0.113.77:443',
  owner: { pid: 7, startToken: '1', name: 'Web Content', executable: '/opt/my app/web "x"', user: 'ana' },
  retransmits: 3,
}
const listener: RowInput = { local: '[::1]:8080', family: 6 }
const others: RowInput[] = [
  { local: '10.0.0.1:9', remote: '198.51.100.9:80', owner: { pid: 8, startToken: '1', name: 'Web', user: 'root' }, retransmits: 4 },
  { protocol: 'udp', local: '0.0.0.0:53', owner: 'dns' },
]

function matching(query: string, rows: readonly RowInput[]): number[] | string {
  const mirror = buildMirror([...rows])
  const outcome = parseQuery(query)
  if (!outcome.ok) return `${query}: ${outcome.error.code}`
  const matches = compileQuery(outcome.query, { now: () => builderTakenAt })
  return rows.flatMap((_, slot) => (matches(mirror, slot) ? [slot] : []))
}

const termsOf = (row: RowInput) => {
  const connection = connectionAt(buildMirror([row]), 0)
  return { same: sameTerms(connection), of: (column: ColumnId) => cellTerm(column, connection) }
}

it('a cell becomes the term that shows its row and leaves others out; the other way round with a minus', () => {
  const { of } = termsOf(web)
  const columns: ColumnId[] = [
    'process',
    'pid',
    'localEndpoint',
    'remoteAddress',
    'remotePort',
    'user',
    'executable',
    'retransmits',
    'remoteEndpoint',
  ]
  for (const column of columns) {
    const term = of(column) ?? 'none'
    expect([column, term, matching(term, [web, ...others]), matching(`-${term}`, [web, ...others])]).toEqual([column, term, [0], [1, 2]])
  }
  expect([of('process'), of('executable'), of('protocol'), of('state')]).toEqual([
    'process:"Web Content"',
    'exe:"/opt/my app/web \\"x\\""',
    'proto:tcp4',
    'state:established',
  ])
})

it('a cell that shows nothing, or a figure that is never the same twice, is no filter', () => {
  const { of } = termsOf(listener)
  const columns: ColumnId[] = ['remoteAddress', 'remotePort', 'user', 'executable', 'pid', 'received', 'firstSeen']
  expect(columns.map(of)).toEqual(columns.map(() => undefined))
  expect(of('process')).toBe('is:unowned')
})

it('every term that any cell offers is a good query that its own row passes', () => {
  const offered = [web, listener, ...others].flatMap((row) => columnIds.map((column) => ({ row, column, term: termsOf(row).of(column) })))
  const terms = offered.flatMap(({ row, column, term }) => (term === undefined ? [] : [{ row, column, term }]))
  expect(terms.length).toBeGreaterThan(30)
  expect(terms.map(({ row, column, term }) => [column, term, matching(term, [row])])).toEqual(
    terms.map(({ column, term }) => [column, term, [0]]),
  )
})

it('a row offers its process, remote host, network, port and user', () => {
  expect(termsOf(web).same.map(({ query }) => query)).toEqual([
    'process:"Web Content"',
    'remote:203.0.113.77',
    'remote:203.0.113.0/24',
    'port:443',
    'user:ana',
  ])
  const v6 = termsOf({ local: '[2001:db8::1]:443', remote: '[2001:db8:1:2:3:4:5:6]:5000' })
  expect(v6.same.map(({ value }) => value)).toEqual(['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '443'])
  const mapped = termsOf({ local: '10.0.0.5:80', remote: '10.0.0.9:60100', family: 6 })
  expect(mapped.same.map(({ query }) => query)).toContain('remote:10.0.0.0/24')
})

it('hostile names become terms that mean them and nothing else', () => {
  const names = [
    '"',
    '\\',
    'a\\',
    'a" OR "b',
    '*',
    'a?',
    '-x',
    'OR',
    '(',
    'a,b',
    'port:80',
    '/x/',
    'a\nb',
    'x\u202ey',
    '\ud800',
    ' ',
    '浏览器',
    'a\tb',
    '#',
    "'",
    '\u0000',
    'ID\\"',
    'process:x) OR (is:tcp',
  ]
  for (const name of names) {
    const row: RowInput = { remote: '198.51.100.1:80', owner: { pid: 5, startToken: '1', name } }
    const decoys: RowInput[] = [...others, { remote: '198.51.100.2:80', owner: { pid: 6, startToken: '1', name: `${name}x` } }]
    const term = termsOf(row).of('process') ?? 'none'
    expect([name, term, matching(term, [row, ...decoys])]).toEqual([name, term, [0]])
    expect([name, matching(withTerm('is:tcp OR is:udp', term), [row, ...decoys])]).toEqual([name, [0]])
    // What a line of text would drop or reorder does not get into it.
    expect(term).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  }
})

it('a name too long for the box is singled out by its process id', () => {
  expect(termsOf({ owner: { pid: 5, startToken: '1', name: 'x'.repeat(3000) } }).of('process')).toBe('pid:5')
})
