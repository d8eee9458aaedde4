import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

const desk = standin.display({ x: 0, y: 0, width: 1920, height: 1040 }, { id: 11 })
const beamer = standin.display({ x: 1920, y: 0, width: 1280, height: 984 }, { id: 12, scaleFactor: 2 })
const movedBeamer = standin.display({ x: -1280, y: 100, width: 1280, height: 984 }, { id: 12, scaleFactor: 2 })
const mark = ({ id, workArea, scaleFactor }: Electron.Display): object => ({ id, workArea, scaleFactor })

const kept = { x: 2000, y: 120, width: 1000, height: 700 }
const file = (folder: string): string => join(folder, 'sockscope/desktop/window.json')
const saved = (folder: string): unknown => JSON.parse(readFileSync(file(folder), 'utf8'))
const bounds = (): object => standin.window().getNormalBounds()

describe.runIf(process.platform === 'linux')("the window's place", () => {
  let app: StartedApp
  beforeAll(async () => {
    standin.setDisplays(desk, movedBeamer)
    app = await startApp({
      prepare: (folder) => {
        mkdirSync(join(folder, 'sockscope/desktop'), { recursive: true })
        writeFileSync(file(folder), JSON.stringify({ bounds: kept, display: mark(beamer), maximized: true, fullScreen: true }))
      },
    })
  })
  afterAll(() => app.stop())

  it('is on the display where it was, though that lies elsewhere now, maximised and in full screen as it was', () => {
    const window = standin.window()
    expect([window.isMaximized(), window.isFullScreen(), bounds()]).toEqual([true, true, { ...kept, x: -1200, y: 220 }])
    expect(window.getBounds()).toEqual(movedBeamer.bounds)
  })
  it('is kept with its display soon after it changed', async () => {
    const window = standin.window()
    window.setFullScreen(false)
    const state = { bounds: { ...kept, x: -1200, y: 220 }, display: mark(movedBeamer), maximized: true, fullScreen: false }
    await expect.poll(() => saved(app.configFolder)).toEqual(state)
    window.unmaximize()
    window.setBounds({ x: 300, y: 220 })
    await expect
      .poll(() => saved(app.configFolder))
      .toEqual({ bounds: { ...kept, x: 300, y: 220 }, display: mark(desk), maximized: false, fullScreen: false })
  })
  it('is brought into sight when its display goes away, and left alone when another one does', () => {
    standin.window().setBounds({ x: -1000, y: 300 })
    standin.setDisplays(desk, movedBeamer, beamer)
    standin.setDisplays(desk, movedBeamer)
    expect(bounds()).toEqual({ ...kept, x: -1000, y: 300 })
    standin.setDisplays(desk)
    expect(bounds()).toEqual({ ...kept, x: 460, y: 170 })
  })
  it('is kept as it was before the window was minimised, also when it closes, which ends the app', async () => {
    standin.window().setBounds({ x: 300, y: 220, width: 900, height: 640 })
    standin.window().maximize()
    await expect.poll(() => saved(app.configFolder)).toMatchObject({ maximized: true })
    standin.window().minimize()
    standin.window().close()
    const state = { bounds: { x: 300, y: 220, width: 900, height: 640 }, display: mark(desk), maximized: true, fullScreen: false }
    expect(saved(app.configFolder)).toEqual(state)
    await expect.poll(() => standin.app.exitCode).toBe(0)
  })
})
