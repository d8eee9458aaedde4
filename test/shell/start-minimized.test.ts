import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

const place = (folder: string): string => join(folder, 'sockscope/desktop/window.json')

describe.runIf(process.platform === 'linux')('a start with --minimized and no tray icon', () => {
  let app: StartedApp
  beforeAll(async () => {
    app = await startApp({
      args: ['--minimized'],
      hasTrayHost: true,
      prepare: (folder) => {
        mkdirSync(join(folder, 'sockscope/desktop'), { recursive: true })
        writeFileSync(place(folder), JSON.stringify({ maximized: true }))
      },
    })
  })
  afterAll(() => app.stop())

  it('leaves the window in the task bar, and makes no icon', async () => {
    await expect.poll(() => standin.window().isMinimized()).toBe(true)
    expect([standin.trays().length, standin.window().focused]).toEqual([0, 0])
  })
  it('keeps nothing of a window that nobody saw', () => {
    expect(existsSync(place(app.configFolder))).toBe(true)
    expect(JSON.parse(readFileSync(place(app.configFolder), 'utf8'))).toEqual({ maximized: true })
  })
  it('shows the window as it was when it comes out of the task bar', () => {
    standin.window().restore()
    expect([standin.window().isMinimized(), standin.window().isMaximized()]).toEqual([false, true])
  })
})
