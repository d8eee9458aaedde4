import { expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../../src-shared/model/settings.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { keepUnchanged } from '../../../src-renderer/stores/keep-unchanged.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

test('an entry that did not change stays the same object, whichever way the settings come', async () => {
  const host = createFakeHost()
  const settings = useWithHost(host, useSettings)
  settings.start()
  await settle()
  const { table, watchRules } = settings.current
  await settings.change({ theme: 'dark' })
  expect([settings.current.theme, settings.current.table === table, settings.current.watchRules === watchRules]).toEqual([
    'dark',
    true,
    true,
  ])
  const told: Settings = structuredClone({ ...host.settings, theme: 'light' as const, table: { ...table, density: 'roomy' as const } })
  host.emit('settingsChanged', told)
  await settle()
  expect(settings.current).toEqual(told)
  expect([
    settings.current.table === table,
    settings.current.table.columns === table.columns,
    settings.current.watchRules === watchRules,
  ]).toEqual([false, true, true])
})

test('settings that say the same as before tell nobody anything', async () => {
  const host = createFakeHost()
  const settings = useWithHost(host, useSettings)
  settings.start()
  await settle()
  const before = settings.current
  host.emit('settingsChanged', structuredClone(host.settings))
  await settle()
  expect(settings.current).toBe(before)
})

const check = (before: unknown, now: unknown): void => expect(keepUnchanged(before, now)).toEqual(now)

test('what differs in kind, length or name is taken as it came', () => {
  check([1, 2], [1, 2, 3])
  check([1, 2, 3], [1, 2])
  check([], {})
  check({ 0: 'a' }, ['a'])
  check({ a: undefined }, { b: undefined })
  check({ a: 1, b: 2 }, { a: 1 })
  check({ a: { b: [1] } }, { a: { b: [2] } })
  check(null, { a: 1 })
  check({ a: 1 }, null)
  check(defaultSettings, { ...defaultSettings, theme: 'dark' })
})
