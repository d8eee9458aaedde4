import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

describe.runIf(process.platform === 'linux')('a start with --minimized and the tray icon', () => {
  let app: StartedApp
  beforeAll(async () => {
    app = await startApp({
      settings: { trayIcon: true },
      args: ['--minimized'],
      hasTrayHost: true,
      prepare: (folder) => {
        mkdirSync(join(folder, 'sockscope/desktop'), { recursive: true })
        writeFileSync(join(folder, 'sockscope/desktop/window.json'), JSON.stringify({ maximized: true }))
      },
    })
  })
  afterAll(() => app.stop())

  it('shows nothing but the icon, which counts', async () => {
    await expect.poll(() => standin.tray().toolTip, { timeout: 15_000 }).toMatch(/\d socket/u)
    expect([standin.window().isVisible(), standin.window().isMaximized()]).toEqual([false, false])
  })
  it('shows the window as it was when the icon is clicked', () => {
    standin.tray().emit('click', {}, {}, {})
    expect([standin.window().isVisible(), standin.window().isMaximized(), standin.window().focused]).toEqual([true, true, 1])
  })
  it('lets the window be closed, which ends the app: only the setting makes it stay', async () => {
    standin.window().close()
    await expect.poll(() => standin.app.exitCode).toBe(0)
  })
})
