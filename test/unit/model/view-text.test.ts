import * as v from 'valibot'
import { describe, expect, it, test } from 'vitest'
import { noFilters } from '../../../src-shared/model/kept-filters.ts'
import { maximumViewNameLength, savedViewsSchema, type ViewContent } from '../../../src-shared/model/saved-view.ts'
import { maximumViewTextLength, readViewText, viewText } from '../../../src-shared/model/view-text.ts'

const table: ViewContent = {
  page: 'connections',
  filters: { text: 'process:"a \\"b\\"" OR -rport:443', hidden: ['udp', 'ipv6'], states: ['ESTABLISHED', 'NONE'] },
  table: {
    columns: [
      { id: 'process', width: 120, hidden: false, pinned: true },
      { id: 'state', hidden: true, pinned: false },
      { id: 'localPort', hidden: false, pinned: false },
    ],
    sort: [
      { column: 'received', descending: true },
      { column: 'process', descending: false },
    ],
    density: 'compact',
  },
}
const remotes: ViewContent = {
  page: 'remotes',
  filters: { ...noFilters, text: '远程 \\ "x"' },
  grouping: 'network',
  groupSort: { column: 'sockets', descending: true },
}
const read = (text: string) => {
  const outcome = readViewText(text)
  return outcome.ok ? outcome.view : outcome.problem
}

describe('the text of a view', () => {
  it.each([
    ['Web servers', table],
    ['只看 "远程"', remotes],
    [undefined, { page: 'listening', filters: noFilters } satisfies ViewContent],
  ] as const)('%s is read back as it was', (name, content) => {
    expect(read(viewText(content, name))).toEqual({ name, content, ignored: [] })
  })

  it('can be read by people', () => {
    expect(viewText(table, 'Web')).toBe(
      'sockscope-view:1 page=connections name=Web query="process:\\"a \\\\\\"b\\\\\\"\\" OR -rport:443" hide=udp,ipv6 ' +
        'states=ESTABLISHED,NONE columns=+process:120,-state,localPort sort=-received,process density=compact',
    )
  })

  it.each([
    ['hello', 'no-view'],
    ['sockscope-view:', 'no-view'],
    ['sockscope-view:1x page=remotes', 'no-view'],
    ['sockscope-view:2 page=remotes', 'newer'],
    ['sockscope-view:1', 'no-page'],
    ['sockscope-view:1 page=trace', 'no-page'],
    [`sockscope-view:1 page=remotes query=${'a'.repeat(maximumViewTextLength)}`, 'too-long'],
  ] as const)('an unusable text is told: %#', (text, problem) => {
    expect(read(text)).toBe(problem)
  })

  it('tells every part that is wrong, unknown or said twice, and takes the rest', () => {
    const text =
      'sockscope-view:1 colour=blue page=processes query="(" states=OPEN hide=tcp,ipx order=-a,b group=A sort=x;y density=tiny page=remotes __proto__=1 name="  " lonely'
    expect(read(text)).toEqual({
      name: undefined,
      content: { page: 'processes', filters: noFilters },
      ignored: [
        'colour=blue',
        'page=remotes',
        '__proto__=1',
        'lonely',
        'query="("',
        'states=OPEN',
        'hide=tcp,ipx',
        'order=-a,b',
        'group=A',
        'sort="x;y"',
        'density=tiny',
        'name="  "',
      ],
    })
  })

  it('answers to any text at all', () => {
    for (const text of ['', '"', 'sockscope-view:1 page="', 'sockscope-view:1 =', 'sockscope-view:1 page=remotes name="\\', '\0']) {
      expect(() => readViewText(text)).not.toThrow()
    }
  })
})

const view = (name: string) => ({ name, page: 'remotes', filters: noFilters })
const accepts = (list: unknown): boolean => v.safeParse(savedViewsSchema, list).success

test('the list of views takes each name once, and no name that looks like another', () => {
  expect(accepts([view('a'), view('b')])).toBe(true)
  const bad = [
    [view('a'), view('a')],
    [view('')],
    [view(' a')],
    [view('a\u202eb')],
    [view('x'.repeat(maximumViewNameLength + 1))],
    [{ ...view('a'), page: 'x' }],
  ]
  expect(bad.map(accepts)).toEqual(bad.map(() => false))
})
