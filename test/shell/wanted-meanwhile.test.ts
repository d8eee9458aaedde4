import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

const bus = vi.hoisted(() => ({ hasTrayHost: vi.fn<() => Promise<boolean>>() }))
vi.mock('../../src-main/native/linux/tray-host.ts', () => bus)

describe.runIf(process.platform === 'linux')('a second start while a minimised one still asks for a tray', () => {
  let app: StartedApp
  let windowsMeanwhile: boolean | undefined
  beforeAll(async () => {
    bus.hasTrayHost.mockImplementation(async () => {
      await new Promise(setImmediate)
      windowsMeanwhile = standin.isOpen()
      standin.app.emit('second-instance', {}, ['sockscope'], '/')
      return true
    })
    app = await startApp({ settings: { trayIcon: true }, args: ['--minimized'] })
  })
  afterAll(() => app.stop())

  it('is not lost: the window opens in sight', async () => {
    expect(windowsMeanwhile).toBe(false)
    await expect.poll(() => standin.window().isVisible()).toBe(true)
    expect(standin.window().isMinimized()).toBe(false)
  })
})
