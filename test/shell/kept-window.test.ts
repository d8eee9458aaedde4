import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

const kept = { x: 200, y: 120, width: 1000, height: 700 }
const file = (folder: string): string => join(folder, 'sockscope/desktop/window.json')
const saved = (folder: string): unknown => JSON.parse(readFileSync(file(folder), 'utf8'))

describe.runIf(process.platform === 'linux')("the window's place", () => {
  let app: StartedApp
  beforeAll(async () => {
    app = await startApp((folder) => {
      mkdirSync(join(folder, 'sockscope/desktop'), { recursive: true })
      writeFileSync(file(folder), JSON.stringify({ bounds: kept, maximized: true }))
    })
  })
  afterAll(() => app.stop())

  it('is the one it had, maximised as it was', () => {
    expect(standin.window().isMaximized()).toBe(true)
    expect(standin.window().getNormalBounds()).toEqual(kept)
  })
  it('is kept soon after a move', async () => {
    standin.window().unmaximize()
    standin.window().setBounds({ x: 300, y: 220 })
    await expect.poll(() => saved(app.configFolder)).toEqual({ bounds: { ...kept, x: 300, y: 220 }, maximized: false })
  })
  it('is kept when the window closes, which ends the app', async () => {
    standin.window().setBounds({ width: 900, height: 640 })
    standin.window().close()
    expect(saved(app.configFolder)).toEqual({ bounds: { x: 300, y: 220, width: 900, height: 640 }, maximized: false })
    await expect.poll(() => standin.app.exitCode).toBe(0)
  })
})
