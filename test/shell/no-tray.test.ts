import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { startApp, type StartedApp } from './start-app.ts'

const seen = (): unknown => ({ visible: standin.window().isVisible(), minimized: standin.window().isMinimized() })
const inTheTaskBar = { visible: true, minimized: true }

describe.runIf(process.platform === 'linux')('on a desktop that shows no tray', () => {
  let app: StartedApp
  beforeAll(async () => {
    app = await startApp({ settings: { trayIcon: true, closeToTray: true, startMinimized: true }, hasTrayHost: false })
  })
  afterAll(() => app.stop())

  it('a minimised start leaves the window in the task bar', async () => {
    await expect.poll(seen).toEqual(inTheTaskBar)
  })
  it('closing the window leaves it in the task bar', async () => {
    standin.window().restore()
    standin.window().close()
    await expect.poll(seen).toEqual(inTheTaskBar)
    expect(standin.app.exitCode).toBeUndefined()
  })
  it('an icon that was used is there, although nobody says that he shows it', async () => {
    standin.tray().emit('click', {}, {}, {})
    standin.window().close()
    await expect.poll(seen).toEqual({ visible: false, minimized: false })
    standin.app.emit('activate', {}, false)
  })
  it('closing hides the window as soon as a tray is there', async () => {
    app.trayHost(true)
    standin.window().close()
    await expect.poll(seen).toEqual({ visible: false, minimized: false })
    standin.app.emit('activate', {}, false)
    expect(seen()).toEqual({ visible: true, minimized: false })
  })
  it('closing leaves it in the task bar when that tray is gone, however often the icon was used', async () => {
    standin.tray().emit('click', {}, {}, {})
    app.trayHost(false)
    standin.window().close()
    await expect.poll(seen).toEqual(inTheTaskBar)
  })
  it('quitting from the application menu ends the app although closing does not', async () => {
    standin.menu('File', 'quit')
    await expect.poll(() => standin.app.exitCode).toBe(0)
  })
})
