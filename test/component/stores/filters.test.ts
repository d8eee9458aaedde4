import { expect, test } from 'vitest'
import { useFilters } from '../../../src-renderer/stores/filters.ts'
import { searchPauseMs } from '../../../src-renderer/stores/search-text.ts'
import { rowFilter } from '../../../src-renderer/stores/row-filter.ts'
import { allToggles, togglePredicate, type ToggleName } from '../../../src-renderer/stores/toggles.ts'
import { parseQuery } from '../../../src-shared/query/parse-query.ts'
import { buildMirror, type RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { useWithHost } from '../support/mount-with-host.ts'

function parsedQuery(text: string) {
  const parsed = parseQuery(text)
  return parsed.ok ? parsed.query : parsed.error
}

test('a bad query says where it is wrong and leaves the last good one in force', () => {
  const filters = useWithHost(createFakeHost(), useFilters)
  filters.setText('port:443')
  const good = filters.query
  filters.setText('port:443 prot:tcp')
  expect(filters.error).toMatchObject({ code: 'unknown-key', position: 9 })
  expect(filters.query).toBe(good)
  filters.setText('port:444')
  expect(filters.error).toBe(undefined)
  expect(filters.query).not.toBe(good)
})

function typed(texts: readonly string[]) {
  const host = createFakeHost()
  const filters = useWithHost(host, useFilters)
  const after = texts.map((text) => {
    filters.typeText(text)
    host.clock.advance(150)
    return filters.query
  })
  return { host, filters, after }
}

test('while a key is being typed the last search stays, and the finished term replaces it', () => {
  const { after } = typed(['s', 'st', 'sta', 'stat', 'state', 'state:', 'state:listen'])
  expect(after.slice(0, 6).map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'everything'))
  expect(after[6]).toMatchObject({ kind: 'state' })
})

test('a word that could become a key is searched for after a pause, and at once when it is finished', () => {
  const { host, filters } = typed(['port'])
  expect([filters.text, filters.query.kind]).toEqual(['port', 'everything'])
  host.clock.advance(searchPauseMs)
  expect(filters.query).toMatchObject({ kind: 'word' })
  filters.typeText('proces')
  filters.finishTyping()
  expect(filters.query).toEqual(parsedQuery('proces'))
  filters.typeText('stat')
  filters.typeText('stat ')
  expect(filters.query).toEqual(parsedQuery('stat '))
  expect(host.clock.waiting()).toEqual([])
})

test('a search that is cleared or replaced meanwhile is not brought back by the pause', () => {
  const { host, filters } = typed(['port'])
  filters.clear()
  host.clock.advance(searchPauseMs)
  expect([filters.text, filters.query.kind]).toEqual(['', 'everything'])
})

test('a term is added to what is searched for already', () => {
  const filters = useWithHost(createFakeHost(), useFilters)
  filters.addTerm('port:1')
  filters.addTerm('process:x')
  expect(filters.text).toBe('port:1 process:x')
})

test('a state is picked alone, added, taken away, and let go when picked again', () => {
  const filters = useWithHost(createFakeHost(), useFilters)
  const after = (code: number, add: boolean): number[] => {
    filters.pickState(code, add)
    return [...filters.states]
  }
  expect([after(1, false), after(2, true), after(1, true), after(3, false), after(3, false)]).toEqual([[1], [1, 2], [2], [3], []])
})

test('clearing takes back everything that hides rows', () => {
  const filters = useWithHost(createFakeHost(), useFilters)
  filters.setText('port:443')
  filters.toggle('udp')
  filters.pickState(1, false)
  expect(filters.active).toBe(true)
  filters.clear()
  expect([filters.active, filters.text, filters.toggles]).toEqual([false, '', allToggles])
})

const rows: RowInput[] = [
  { local: '127.0.0.1:80' },
  { local: '192.0.2.7:1', remote: '198.51.100.3:443' },
  { local: '[2001:db8::1]:2', remote: '[2001:db8::2]:443' },
  { protocol: 'udp', local: '0.0.0.0:53' },
  { local: '[::1]:3', remote: '[::1]:4' },
  { family: 6, local: '127.0.0.1:5', remote: '127.0.0.1:6' },
]
const shownWithout: readonly [ToggleName, number[]][] = [
  ['tcp', [3]],
  ['udp', [0, 1, 2, 4, 5]],
  ['ipv4', [2, 4, 5]],
  ['ipv6', [0, 1, 3]],
  ['listening', [1, 2, 3, 4, 5]],
  ['loopback', [1, 2, 3]],
]

test.each(shownWithout)('without %s the right rows stay', (name, expected) => {
  const mirror = buildMirror(rows)
  const predicate = togglePredicate({ ...allToggles, [name]: false })
  expect([...mirror.liveSlots()].filter((slot) => predicate?.(mirror, slot))).toEqual(expected)
})

test('with every switch on no row has to be asked', () => {
  expect(togglePredicate(allToggles)).toBe(undefined)
})

const timeDependence: readonly [string, boolean][] = [
  ['port:80', false],
  ['age:>1m', true],
  ['port:80 OR (-is:new :443)', true],
  ['is:listening', false],
  ['-(age:<5s)', true],
]

test.each(timeDependence)('%s depends on time: %s', (text, expected) => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.error.code)
  const view = { highlightOf: () => 'none' as const }
  const { timeDependent } = rowFilter({ query: parsed.query, toggles: allToggles, host: undefined, view, now: () => 0 })
  expect(timeDependent).toBe(expected)
})

test('search and switches both have to let a row pass', () => {
  const mirror = buildMirror(rows)
  const parsed = parseQuery('port:443')
  if (!parsed.ok) throw new Error(parsed.error.code)
  const view = { highlightOf: () => 'none' as const }
  const { predicate } = rowFilter({ query: parsed.query, toggles: { ...allToggles, ipv6: false }, host: undefined, view, now: () => 0 })
  expect([...mirror.liveSlots()].filter((slot) => predicate?.(mirror, slot))).toEqual([1])
})
