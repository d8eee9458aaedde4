import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTrayIcon, type TrayIcon } from '../../src-main/electron/tray-icon.ts'
import type { Api } from '../../src-shared/contract/api.ts'
import type { Overview } from '../../src-shared/contract/overview.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import { defaultSettings, type Settings } from '../../src-shared/model/settings.ts'
import { standin } from '../standin/electron.ts'

const bus = vi.hoisted(() => ({ hasTrayHost: vi.fn<() => Promise<boolean>>() }))
vi.mock('../../src-main/native/linux/tray-host.ts', () => bus)
beforeEach(() => bus.hasTrayHost.mockReset().mockResolvedValue(false))

const nothing = (): void => {}
const overview = (rows: number): Overview => ({
  takenAt: 0,
  rows,
  established: 2,
  listening: 1,
  findings: { critical: 0, warning: 0, notice: 0 },
})

/** An engine and a settings store in the hands of a test. */
function world({ platform = 'linux', appPath = process.cwd(), trayIcon = true } = {}) {
  const listeners = new Map<string, (value: unknown) => void>()
  const questions: ((answer: Result<Overview>) => void)[] = []
  let settings: Settings = { ...defaultSettings, trayIcon }
  let onSettings: (settings: Settings) => void = nothing
  const api = {
    call: (name: string) => new Promise((resolve) => questions.push(name === 'getOverview' ? resolve : nothing)),
    on: (name: string, listener: (value: unknown) => void) => {
      listeners.set(name, listener)
      return () => void listeners.delete(name)
    },
  } as unknown as Api
  let presented = 0
  const tray = createTrayIcon({
    platform,
    appPath,
    api,
    settings: {
      get: () => settings,
      onChange: (listener) => {
        onSettings = listener
        return () => (onSettings = nothing)
      },
    },
    actions: { onToggleWindow: nothing, onCommand: nothing, onSettings: nothing, onQuit: nothing },
    isWindowVisible: () => true,
    onPresent: () => (presented += 1),
  })
  made.push(tray)
  return {
    tray,
    questions,
    listeners,
    presented: () => presented,
    look: () => listeners.get('looked')?.({}),
    answer: async (result: Result<Overview>): Promise<void> => {
      questions.shift()?.(result)
      await Promise.resolve().then(nothing)
    },
    change: (patch: Partial<Settings>): void => {
      settings = { ...settings, ...patch }
      onSettings(settings)
    },
  }
}
const made: TrayIcon[] = []
afterEach(() => {
  for (const tray of made.splice(0)) tray.close()
})

describe('the tray icon', () => {
  it('asks once per look, and not again before it was answered', async () => {
    const { look, questions, answer } = world()
    look()
    look()
    expect(questions).toHaveLength(1)
    await answer(succeed(overview(3)))
    look()
    expect(questions).toHaveLength(1)
  })
  it('touches the desktop only when a text has changed', async () => {
    const { look, answer } = world()
    look()
    await answer(succeed(overview(3)))
    const { changes } = standin.tray()
    look()
    await answer(succeed({ ...overview(3), takenAt: 1000 }))
    expect(standin.tray().changes).toBe(changes)
    look()
    await answer(succeed(overview(4)))
    expect(standin.tray().changes).toBeGreaterThan(changes)
    expect(standin.tray().labels()).toContain('4 sockets')
  })
  it.each([
    ['darwin', 'trayTemplate.png'],
    ['win32', 'tray.ico'],
  ])('on %s has its own drawing, and changes the open menu without closing it by a new one', async (platform, name) => {
    const { look, answer } = world({ platform })
    expect(standin.tray().image.endsWith(name)).toBe(true)
    look()
    await answer(succeed(overview(3)))
    expect([standin.tray().menusSet, standin.tray().item('3 sockets')?.visible]).toEqual([1, true])
    expect(standin.tray().toolTip).toContain('3 sockets')
  })
  it('gets a new menu for another language', () => {
    const { change } = world({ platform: 'win32' })
    change({ language: 'zh-CN' })
    expect([standin.tray().menusSet, standin.tray().labels().at(-1)]).toEqual([2, '退出'])
  })
  it('claims no figures when the engine fails or stops', async () => {
    const { look, answer, listeners } = world()
    look()
    await answer(succeed(overview(3)))
    listeners.get('engineLink')?.({ state: 'restarting' })
    expect([standin.tray().toolTip, standin.tray().labels()[2]]).toEqual(['Sockscope', 'No current figures'])
    look()
    await answer(succeed(overview(3)))
    look()
    await answer(fail('engine-unavailable', 'it is down'))
    expect(standin.tray().labels()[2]).toBe('No current figures')
  })
  it('asks nobody while the settings want no icon', async () => {
    const { look, questions, change, tray } = world({ trayIcon: false })
    look()
    expect([questions.length, standin.trays().length, await tray.isShown()]).toEqual([0, 0, false])
    change({ trayIcon: true })
    look()
    expect([questions.length, standin.trays().length]).toEqual([1, 1])
  })
  it('shows the window on a click, but on macOS, where a click opens the menu', () => {
    for (const platform of ['linux', 'win32', 'darwin']) {
      const { presented, tray } = world({ platform })
      standin.tray().emit('click', {}, {}, {})
      expect([platform, presented()]).toEqual([platform, platform === 'darwin' ? 0 : 1])
      tray.close()
      expect(standin.trays()).toEqual([])
    }
  })
  it('is taken to be seen on macOS and Windows, which always have a place for it', async () => {
    for (const platform of ['win32', 'darwin']) {
      const { tray } = world({ platform })
      expect(await tray.isShown()).toBe(true)
      tray.close()
    }
  })
  it('is taken to be seen once it was used, but not one that is made later', async () => {
    const { tray, change } = world()
    expect(await tray.isShown()).toBe(false)
    standin.tray().emit('click', {}, {}, {})
    expect(await tray.isShown()).toBe(true)
    change({ trayIcon: false })
    change({ trayIcon: true })
    expect(await tray.isShown()).toBe(false)
  })
  it('is not seen when the host that showed it is gone, also when that was only there when it was used', async () => {
    const { tray } = world()
    bus.hasTrayHost.mockResolvedValueOnce(true)
    standin.tray().choose('Hide Sockscope')
    expect(await tray.isShown()).toBe(false)
    bus.hasTrayHost.mockResolvedValueOnce(true)
    expect([await tray.isShown(), await tray.isShown()]).toEqual([true, false])
  })
  it('is not seen when it was switched off while the bus was asked', async () => {
    const { tray, change } = world()
    bus.hasTrayHost.mockResolvedValueOnce(true)
    const answer = tray.isShown()
    change({ trayIcon: false })
    expect(await answer).toBe(false)
  })
  it('does without where the system refuses it', async () => {
    const { tray, look } = world({ platform: 'win32', appPath: '/nowhere' })
    look()
    expect([standin.trays().length, await tray.isShown()]).toEqual([0, false])
  })
})
