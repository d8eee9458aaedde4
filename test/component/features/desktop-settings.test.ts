import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { Command } from '../../../src-renderer/commands/command.ts'
import { useDesktopCommands } from '../../../src-renderer/commands/desktop-commands.ts'
import { useShellNotices } from '../../../src-renderer/composables/use-shell-notices.ts'
import DesktopSettings from '../../../src-renderer/features/settings/DesktopSettings.vue'
import SettingsDialog from '../../../src-renderer/features/settings/SettingsDialog.vue'
import { showDesktopNotice } from '../../../src-renderer/features/watch-rules/desktop-notice.ts'
import { useDialogs } from '../../../src-renderer/stores/dialogs.ts'
import { useNotices } from '../../../src-renderer/stores/notices.ts'
import { useSettings } from '../../../src-renderer/stores/settings.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const nothing = (): void => {}
afterEach(() => vi.unstubAllGlobals())

function select(name: string): HTMLSelectElement {
  const found = document.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`)
  if (found === null) throw new Error(`there is no choice ${name}`)
  return found
}

async function choose(name: string, text: string): Promise<void> {
  const field = select(name)
  field.selectedIndex = [...field.options].findIndex((option) => option.text === text)
  field.dispatchEvent(new Event('change'))
  await settle()
}

test('leaving Sockscope running brings the icon that leads back to it', async () => {
  const host = createFakeHost()
  mountWithHost(host, DesktopSettings)
  await settle()
  expect(select('Closing the window').selectedOptions[0]?.text).toBe('Ends Sockscope')
  await choose('Closing the window', 'Leaves it running behind its icon')
  expect(host.settings).toMatchObject({ closeToTray: true, trayIcon: true })
  expect(select('Tray icon').selectedOptions[0]?.text).toBe('Shown')
})

test('without the icon, closing ends Sockscope, whatever was chosen before', async () => {
  const host = createFakeHost()
  mountWithHost(host, DesktopSettings)
  await settle()
  await choose('Closing the window', 'Leaves it running behind its icon')
  await choose('Tray icon', 'Not shown')
  expect(host.settings).toMatchObject({ trayIcon: false })
  expect(select('Closing the window').selectedOptions[0]?.text).toBe('Ends Sockscope')
})

test('start and place above other windows are kept', async () => {
  const host = createFakeHost()
  mountWithHost(host, DesktopSettings)
  await settle()
  await choose('Starting', 'Minimised (behind its icon, if that is shown)')
  await choose('Always on top', 'On')
  expect(host.settings).toMatchObject({ startMinimized: true, alwaysOnTop: true })
})

test.each([
  ['a browser', false],
  ['the desktop application', true],
])('settings and commands of window and tray in %s: %s', async (_where, inDesktop) => {
  if (inDesktop) vi.stubGlobal('sockscope', { post: () => {}, onMessage: () => () => {}, onClose: () => () => {} })
  let commands: readonly Command[] = []
  const Page = defineComponent({
    components: { SettingsDialog },
    setup() {
      commands = useDesktopCommands({ focusSearch: () => {}, tellPlace: () => {}, onMac: false, inDesktop })
      useDialogs().show({ id: 'settings' })
    },
    template: '<SettingsDialog />',
  })
  mountWithHost(createFakeHost(), Page)
  await settle()
  expect(byText('h3', 'Window and tray') !== undefined).toBe(inDesktop)
  expect(commands.map(({ id }) => id)).toEqual(inDesktop ? ['setting.always-on-top', 'setting.tray-icon'] : [])
})

test('commands turn their setting on and off', async () => {
  const host = createFakeHost()
  let commands: readonly Command[] = []
  const seen: { isOn: () => unknown } = { isOn: nothing }
  const Probe = defineComponent(() => {
    commands = useDesktopCommands({ focusSearch: () => {}, tellPlace: () => {}, onMac: true, inDesktop: true })
    const settings = useSettings()
    seen.isOn = () => [settings.current.alwaysOnTop, settings.current.trayIcon, ...commands.map((command) => command.isOn?.())]
    return () => null
  })
  mountWithHost(host, Probe)
  await settle()
  for (const command of commands) command.run()
  await settle()
  expect(seen.isOn()).toEqual([true, true, true, true])
  for (const command of commands) command.run()
  await settle()
  expect(seen.isOn()).toEqual([false, false, false, false])
})

test('why a file could not be shown is told in words', () => {
  const seen: { tell: (notice: object) => void; told: () => unknown } = { tell: nothing, told: nothing }
  const onExecutableNotShown = (listener: (notice: unknown) => void): (() => void) => {
    seen.tell = listener
    return nothing
  }
  vi.stubGlobal('sockscope', { post: () => {}, onMessage: () => () => {}, onClose: () => () => {}, onExecutableNotShown })
  const Probe = defineComponent(() => {
    const notices = useNotices()
    seen.told = () => notices.list.map(({ kind, key, parameters }) => [kind, key, parameters])
    useShellNotices()
    return () => null
  })
  mountWithHost(createFakeHost(), Probe)
  seen.tell({ pid: 4711, obstacle: 'removed' })
  seen.tell({ pid: 4711, obstacle: 'elsewhere' })
  expect(seen.told()).toEqual([
    ['error', 'desktop.executableRemoved', { pid: '4711' }],
    ['error', 'desktop.executableElsewhere', { pid: '4711' }],
  ])
})

test('a notification that is clicked brings the window of the application to the front, out of the tray too', () => {
  const present = vi.fn<() => void>()
  const shown: EventTarget[] = []
  class Notice extends EventTarget {
    static permission = 'granted'
    constructor() {
      super()
      shown.push(this)
    }
    close = (): void => {}
  }
  vi.stubGlobal('Notification', Notice)
  vi.stubGlobal('sockscope', { post: () => {}, onMessage: () => () => {}, onClose: () => () => {}, present })
  const onClick = vi.fn<() => void>()
  showDesktopNotice({ title: 'a', body: 'b', tag: 'c', onClick })
  shown[0]?.dispatchEvent(new Event('click'))
  expect([present.mock.calls.length, onClick.mock.calls.length]).toEqual([1, 1])
})
