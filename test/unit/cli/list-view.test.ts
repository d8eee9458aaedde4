import { describe, expect, it } from 'vitest'
import { listColumnNames } from '../../../src-main/cli/list-columns.ts'
import { listColumnOf, viewInList } from '../../../src-main/cli/view-in-list.ts'
import { columnIds } from '../../../src-renderer/view/column-id.ts'
import { noFilters } from '../../../src-shared/model/kept-filters.ts'
import type { SavedView, ViewContent } from '../../../src-shared/model/saved-view.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { usualTableLayout } from '../../../src-shared/model/table-layout.ts'
import { viewText } from '../../../src-shared/model/view-text.ts'
import { queryText } from '../../../src-shared/query/index.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { run, type RunOptions } from './run-cli.ts'

const rows: RowInput[] = [
  {
    local: '10.0.0.1:50000',
    remote: '192.0.2.1:443',
    owner: { name: 'firefox', pid: 7, startToken: 't7' },
    receivedBytes: 10,
    sentBytes: 0,
  },
  { local: '10.0.0.1:50001', remote: '192.0.2.2:443', owner: { name: 'curl', pid: 8, startToken: 't8' }, receivedBytes: 99, sentBytes: 0 },
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 9, startToken: 't9' } },
  { protocol: 'udp', local: '0.0.0.0:53', owner: { name: 'dns', pid: 10, startToken: 't10' } },
]
const shown = (id: string, more: object = {}) => ({ id, hidden: false, pinned: false, ...more })
const web: SavedView = {
  name: 'Web',
  page: 'connections',
  filters: { ...noFilters, text: 'rport:443' },
  table: {
    columns: [shown('remoteEndpoint'), shown('process', { pinned: true }), { id: 'user', hidden: true, pinned: false }],
    sort: [{ column: 'received', descending: true }],
    density: 'normal',
  },
}
const withViews = (...views: SavedView[]): RunOptions => ({ rows, stored: { settings: { ...defaultSettings, views } } })
const textOf = ({ name, ...content }: SavedView): string => viewText(content, name)

describe('list --view', () => {
  it('has the search, the columns and the order of a saved view', async () => {
    const { exit, out, err } = await run(['list', '--view', 'Web'], withViews(web))
    expect([exit, out, err]).toEqual([0, 'Process  Remote\ncurl     192.0.2.2:443\nfirefox  192.0.2.1:443\n', ''])
  })
  it('is narrowed by a query, and gives way to columns and an order that are asked for', async () => {
    expect((await run(['list', '--view', 'Web', 'process:firefox'], withViews(web))).out).toBe('Process  Remote\nfirefox  192.0.2.1:443\n')
    expect((await run(['list', '--view', 'Web', '--columns', 'pid', '--sort', 'pid'], withViews(web))).out).toBe('PID\n  7\n  8\n')
  })
  it('narrows JSON too, which has every field as always', async () => {
    const { out } = await run(['list', '--view', 'Web', '--json'], withViews(web))
    expect((JSON.parse(out) as { remote: { port: number } }[]).map(({ remote }) => remote.port)).toEqual([443, 443])
  })
  it('takes the text of a view from a file, from standard input, and as it is', async () => {
    const expected = 'Process  Remote\ncurl     192.0.2.2:443\nfirefox  192.0.2.1:443\n'
    const files = new Map([['/home/ana/web.txt', Buffer.from(`\ufeff${textOf(web)}\r\n`)]])
    expect((await run(['list', '--view', '/home/ana/web.txt'], { rows, files })).out).toBe(expected)
    const halves = [textOf(web).slice(0, 30), textOf(web).slice(30)].map((half) => Buffer.from(half))
    expect((await run(['list', '--view', '-'], { rows, input: halves })).out).toBe(expected)
    expect((await run(['list', '--view', textOf(web)], { rows })).out).toBe(expected)
  })
  it('takes a name before a file that is called so', async () => {
    const files = new Map([['Web', Buffer.from('sockscope-view:1 page=connections query=proto:udp')]])
    expect((await run(['list', '--view', 'Web', '--columns', 'pid'], { ...withViews(web), files })).out).toBe('PID\n  8\n  7\n')
  })
  it('names the views there are when one is not known', async () => {
    const { exit, err, engine } = await run(['list', '--view', 'Wbe'], withViews(web, { ...web, name: 'Slow ones' }))
    expect([exit, engine.calls]).toEqual([2, []])
    expect(err).toContain('there is no saved view "Wbe", and no file of that name.')
    expect(err).toContain('Did you mean "Web"?')
    expect(err).toContain('Saved views: "Web", "Slow ones".')
    const none = await run(['list', '--view', 'Web', '--lang', 'zh-CN'], { rows })
    expect([none.exit, none.err]).toEqual([2, expect.stringContaining('/home/ana/settings.json 中没有保存视图')])
  })
  it('says so when views may be missing because the settings are damaged', async () => {
    const { err } = await run(['list', '--view', 'Web'], { rows, stored: { settings: defaultSettings, damage: 'not JSON' } })
    expect(err).toContain('could not be read as a whole (not JSON)')
  })
  it.each([
    ['sockscope-view:2 page=connections', 'is of another version'],
    ['nothing of the kind', 'has no text of a view'],
    ['sockscope-view:1 query=:80', 'does not say its page'],
    [`sockscope-view:1 page=connections query="${'a'.repeat(9000)}"`, 'is too long'],
    ['x'.repeat(100_000), 'is too long'],
  ])('refuses %.40s', async (text, says) => {
    const { exit, err } = await run(['list', '--view', '-'], { rows, input: [Buffer.from(text)] })
    expect([exit, err]).toEqual([2, expect.stringContaining(says)])
  })
  it('tells the parts of a text that it does not understand, safe to show', async () => {
    const { exit, err } = await run(['list', '--view', '-'], {
      rows,
      input: [Buffer.from('sockscope-view:1 page=connections colour=\u001b[31mblue')],
    })
    expect([exit, err]).toEqual([0, 'Of the view, not understood and left out: colour=\\x1b[31mblue.\n'])
  })
  it('shows where the search of a saved view is not understood', async () => {
    const { exit, err } = await run(['list', '--view', 'Web'], withViews({ ...web, filters: { ...noFilters, text: 'prt:443' } }))
    expect([exit, err]).toEqual([2, expect.stringMatching(/the search of "Web" is not understood[\s\S]*prt:443\n\s*\^/)])
  })
  it('tells columns that a list does not have, and asks no resolver because of a view', async () => {
    const columns = [shown('process'), shown('receiveRate'), shown('host')]
    const view: SavedView = { ...web, table: { ...usualTableLayout, columns, sort: [{ column: 'sendRate', descending: true }] } }
    const { out, err, engine } = await run(['list', '--view', 'Web'], withViews(view))
    expect(out).toBe('Process\ncurl\nfirefox\n')
    expect(err).toBe(
      'The column of host names is left out: add --resolve to have them looked up.\n' +
        'Columns of the view that a list does not have: receiveRate, sendRate.\n',
    )
    expect(engine.inputsOf('getNames')).toEqual([])
  })
  it('lists the sockets of a view of groups, each by itself', async () => {
    const view: SavedView = {
      name: 'Ports',
      page: 'listening',
      filters: noFilters,
      grouping: 'port',
      groupSort: { column: 'port', descending: true },
    }
    const { out, err } = await run(['list', '--view', 'Ports', '--columns', 'process'], withViews(view))
    expect([out, err]).toEqual(['Process\nnginx\ndns\n', 'The view groups sockets; the list shows each of them.\n'])
  })
  it('needs standard input once only', async () => {
    const { exit, err } = await run(['list', '--view', '-', '--from', '-'], { rows })
    expect([exit, err]).toEqual([2, expect.stringContaining('--from - and --view - cannot be used together.')])
  })
})

const of = (more: Partial<ViewContent>) => {
  const outcome = viewInList({ page: 'connections', filters: noFilters, ...more })
  if (!outcome.ok) throw new Error('not understood')
  return outcome.value
}

describe('a view in a list', () => {
  it('has a column for every one of the table but the rates, which take two looks', () => {
    expect(columnIds.filter((id) => listColumnOf[id] === undefined)).toEqual(['receiveRate', 'sendRate'])
    expect(Object.values(listColumnOf).filter((name) => !listColumnNames.includes(name))).toEqual([])
    expect(Object.keys(listColumnOf).filter((id) => !columnIds.some((each) => each === id))).toEqual([])
  })
  it('puts switches and states into the language of queries', () => {
    const filters = { text: 'a OR b', hidden: ['udp', 'loopback', 'listening'] as const, states: ['ESTABLISHED', 'NONE'] as const }
    const { query } = of({ filters: { text: filters.text, hidden: [...filters.hidden], states: [...filters.states] } })
    expect(queryText(query)).toBe('(a OR b) -proto:udp -is:loopback -state:listen (state:established OR proto:udp)')
    expect(queryText(of({ page: 'remotes' }).query)).toBe('-is:listening')
    expect(of({}).query).toEqual({ kind: 'everything' })
  })
  it('sorts ages the other way round, because a list has times', () => {
    const sort = [
      { column: 'timeInState', descending: true },
      { column: 'localPort', descending: false },
    ]
    expect(of({ table: { ...usualTableLayout, sort } }).sort).toEqual([
      { column: 'state-since', descending: false },
      { column: 'local-port', descending: false },
    ])
  })
  it('leaves the usual columns where it hides all it names, or names none', () => {
    expect(of({}).columns).toBe(undefined)
    expect(of({ table: { ...usualTableLayout, columns: [{ id: 'pid', hidden: true, pinned: false }] } }).columns).toBe(undefined)
    expect(of({ table: { ...usualTableLayout, columns: [shown('toString'), shown('pid')] } })).toMatchObject({
      columns: ['pid'],
      missing: ['toString'],
    })
  })
})
