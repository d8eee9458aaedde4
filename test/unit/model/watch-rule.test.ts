import { expect, test } from 'vitest'
import { parseSettings } from '../../../src-main/settings/settings-format.ts'
import { maximumWatchRules, type WatchRule } from '../../../src-shared/model/watch-rule.ts'

const good: WatchRule = { id: 'a', name: 'n', query: 'port:1', kind: 'above', count: 3, coolDownMs: 0, enabled: true, sound: false }
const read = (watchRules: unknown) => parseSettings(JSON.stringify({ version: 1, settings: { theme: 'dark', watchRules } }))

test('rules come back from the file as they were', () => {
  const { settings, reason } = read([good])
  expect([settings.watchRules, reason]).toEqual([[good], undefined])
})

test.each([
  ['an unknown kind', [{ ...good, kind: 'often' }]],
  ['a field too many', [{ ...good, command: 'rm' }]],
  ['no name', [{ ...good, name: '' }]],
  ['a count below zero', [{ ...good, count: -1 }]],
  ['a query without end', [{ ...good, query: 'x'.repeat(1001) }]],
  ['too many rules', Array.from({ length: maximumWatchRules + 1 }, () => good)],
  ['no list', 'port:1'],
])('damaged rules (%s) are reported and left out, the rest of the settings stays', (_what, watchRules) => {
  const { settings, reason } = read(watchRules)
  expect([settings.watchRules, settings.theme, reason?.includes('watchRules')]).toEqual([[], 'dark', true])
})
