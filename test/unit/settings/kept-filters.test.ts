import { expect, it } from 'vitest'
import { parseSettings } from '../../../src-main/settings/settings-format.ts'
import { maximumRecentQueries, noFilters } from '../../../src-shared/model/kept-filters.ts'

const read = (settings: object) => parseSettings(JSON.stringify({ version: 1, settings }))

it('filters and recent searches are read back as they were written', () => {
  const filters = { text: 'state:listen -"a b"', hidden: ['udp', 'loopback'], states: ['LISTEN', 'NONE'] }
  const { settings, reason } = read({ filters, keepFilters: false, recentQueries: ['a', 'b'] })
  expect([settings.filters, settings.keepFilters, settings.recentQueries, reason]).toEqual([filters, false, ['a', 'b'], undefined])
})

it('a damaged entry is reported and replaced, the others hold', () => {
  const damaged: unknown[] = [
    { text: 5, hidden: [], states: [] },
    { text: 'a'.repeat(2001), hidden: [], states: [] },
    { text: '', hidden: ['everything'], states: [] },
    { text: '', hidden: [], states: ['OPEN'] },
    { text: '', hidden: Array.from({ length: 50 }, () => 'udp'), states: [] },
    { text: '', hidden: [], states: [], more: true },
    'state:listen',
  ]
  for (const filters of damaged) {
    const { settings, reason } = read({ filters, recentQueries: ['a'], theme: 'dark' })
    expect([settings.filters, settings.recentQueries, settings.theme]).toEqual([noFilters, ['a'], 'dark'])
    expect(reason).toContain('filters')
  }
})

it('how the pages of groups were set is read back, and replaced as a whole where a part is damaged', () => {
  const processes = { text: 'user:root', grouping: 'tree', sort: { column: 'received', descending: true } }
  expect(read({ groupPages: { processes } }).settings.groupPages).toEqual({ processes })
  const damaged: unknown[] = [
    { processes: { ...processes, text: 'a'.repeat(2001) } },
    { processes: { ...processes, grouping: 'a b' } },
    { processes: { ...processes, sort: { column: 'x'.repeat(41), descending: true } } },
    { processes, diagnosis: processes },
    'processes',
  ]
  for (const groupPages of damaged) {
    const { settings, reason } = read({ groupPages, theme: 'dark' })
    expect([settings.groupPages, settings.theme, reason]).toEqual([{}, 'dark', expect.stringContaining('groupPages')])
  }
})

it('more recent searches than are kept, and empty ones, are no list of them', () => {
  const tooMany = Array.from({ length: maximumRecentQueries + 1 }, (_, index) => `port:${index}`)
  for (const recentQueries of [tooMany, [''], [null]]) {
    const { settings, reason } = read({ recentQueries })
    expect([settings.recentQueries, reason?.includes('recentQueries')]).toEqual([[], true])
  }
})
