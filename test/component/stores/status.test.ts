import { expect, test } from 'vitest'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { useStatus } from '../../../src-renderer/stores/status.ts'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { useSelection } from '../../../src-renderer/stores/selection.ts'
import { fail } from '../../../src-shared/contract/result.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { settle, useWithHost } from '../support/mount-with-host.ts'

test('host, engine and link are asked for as soon as the channel is open', async () => {
  const host = createFakeHost()
  const status = useWithHost(host, useStatus)
  status.start()
  expect(status.stale).toBe(true)
  await settle()
  expect([status.stale, status.host?.userName, status.engineLink?.state, status.engine?.source]).toEqual([
    false,
    'ana',
    'running',
    'netlink',
  ])
})

test('rows are stale while the engine restarts and while the host is gone', async () => {
  const host = createFakeHost()
  const status = useWithHost(host, useStatus)
  status.start()
  await settle()
  host.emit('engineLink', { state: 'restarting', restarts: 1, retryInMs: 500 })
  await settle()
  expect(status.stale).toBe(true)
  host.emit('engineLink', { state: 'running', restarts: 1 })
  await settle()
  expect(status.stale).toBe(false)
  host.goAway()
  await settle()
  expect(status.stale).toBe(true)
})

test('an older status of the same engine does not replace a newer one', async () => {
  const host = createFakeHost()
  const status = useWithHost(host, useStatus)
  status.start()
  await settle()
  host.emit('looked', { ...host.status(), takenAt: host.clock.now() + 5, rows: 7 })
  host.emit('looked', { ...host.status(), takenAt: host.clock.now() + 1, rows: 3 })
  await settle()
  expect(status.engine?.rows).toBe(7)
})

test('settings come from the host, follow its news, and a refused change says so and changes nothing', async () => {
  const host = createFakeHost()
  host.settings = { ...defaultSettings, theme: 'dark' }
  const settings = useWithHost(host, useSettings)
  settings.start()
  await settle()
  expect(settings.current.theme).toBe('dark')
  await settings.change({ theme: 'light' })
  expect(settings.current.theme).toBe('light')
  host.emit('settingsChanged', { ...defaultSettings, intervalMs: 5000 })
  await settle()
  expect(settings.current.intervalMs).toBe(5000)
  host.answers.changeSettings = async () => fail('engine-unavailable', 'down')
  await settings.change({ intervalMs: 500 })
  expect([settings.current.intervalMs, settings.failure?.code]).toEqual([5000, 'engine-unavailable'])
})

test('notices go away by themselves, repeat instead of piling up, and never are more than three', () => {
  const host = createFakeHost()
  const notices = useWithHost(host, useNotices)
  notices.show('info', 'menu.copied')
  notices.show('info', 'menu.copied')
  expect(notices.list.length).toBe(1)
  notices.show('info', 'toolbar.selectFirst')
  notices.show('error', 'menu.copyFailed')
  notices.show('info', 'toolbar.readOnly', { option: '--allow-actions' })
  expect(notices.list.map(({ key }) => key)).toEqual(['toolbar.selectFirst', 'menu.copyFailed', 'toolbar.readOnly'])
  host.clock.advance(5000)
  expect(notices.list).toEqual([])
})

test('details close for the row they were opened for and move to any other', () => {
  const selection = useWithHost(createFakeHost(), useSelection)
  const after = (identity: string): boolean => {
    selection.toggleDetails(identity)
    return selection.detailsOpen
  }
  expect([after('a'), after('b'), after('b'), after('b')]).toEqual([true, true, false, true])
})
