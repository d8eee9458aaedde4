import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'
import { rowCount, startApp, type StartedApp } from './start-app.ts'

const engineName = 'Sockscope engine'
const listener = createServer().listen(0, '127.0.0.1')
const labels = (): readonly string[] => standin.tray().labels()
const figure = (word: string): number =>
  Number(/^[\d,]+/u.exec(labels().find((label) => label.endsWith(word)) ?? '')?.[0].replaceAll(',', ''))
const seen = (): unknown => ({ visible: standin.window().isVisible(), minimized: standin.window().isMinimized() })
const inSight = { visible: true, minimized: false }
const hidden = { visible: false, minimized: false }

describe.runIf(process.platform === 'linux')('the tray icon', () => {
  let app: StartedApp
  let page: Page
  beforeAll(async () => {
    app = await startApp({ settings: { trayIcon: true, closeToTray: true, tourDone: true, intervalMs: 500 }, hasTrayHost: true })
    page = app.page
  })
  afterAll(async () => {
    listener.close()
    await app.stop()
  })

  it('shows an icon that is there, beside the window', () => {
    expect(standin.tray().image).toMatch(/resources\/tray\/tray\.png$/)
    expect(seen()).toEqual(inSight)
  })
  it('counts what the table shows', async () => {
    await expect.poll(() => figure('sockets'), { timeout: 15_000 }).toBeGreaterThan(0)
    expect(figure('listening')).toBeGreaterThan(0)
    expect(labels().find((label) => label.startsWith('Diagnosis: '))).toBeDefined()
    expect(standin.tray().toolTip).toMatch(/^Sockscope: [\d,]+ sockets?, [\d,]+ established, [\d,]+ listening\nDiagnosis: /u)
  })
  it('counts new listeners with the next look', async () => {
    await expect.poll(() => rowCount(page), { timeout: 15_000 }).toBeGreaterThan(1)
    await expectCounting()
  })
  it('hides the window when that is closed, says how to get it back, and goes on counting', async () => {
    standin.window().close()
    await expect.poll(seen).toEqual(hidden)
    expect(standin.app.exitCode).toBeUndefined()
    expect(labels()[0]).toBe('Show Sockscope')
    await expectCounting()
  })
  it('brings the window back by its menu, and hides it the same way', () => {
    standin.tray().choose('Show Sockscope')
    expect([seen(), labels()[0]]).toEqual([inSight, 'Hide Sockscope'])
    standin.tray().choose('Hide Sockscope')
    expect([seen(), labels()[0]]).toEqual([hidden, 'Show Sockscope'])
  })
  it('brings the window back by a click', () => {
    standin.tray().emit('click', {}, {}, {})
    expect(seen()).toEqual(inSight)
  })
  it('is not in the way of a second start, which brings the window back', async () => {
    standin.window().close()
    await expect.poll(seen).toEqual(hidden)
    standin.app.emit('second-instance', {}, ['sockscope', '--minimized'], '/')
    expect(seen()).toEqual(hidden)
    standin.app.emit('second-instance', {}, ['sockscope'], '/')
    expect(seen()).toEqual(inSight)
  })
  it('opens the page that lists what it counts', async () => {
    standin.window().hide()
    standin.tray().choose(labels().find((label) => label.endsWith('listening'))!)
    expect(seen()).toEqual(inSight)
    await expect.poll(() => currentPage(page)).toContain('Listening ports')
    standin.tray().choose('Go', 'Connections')
    await expect.poll(() => currentPage(page)).toContain('Connections')
  })
  it('pauses without showing the window', async () => {
    standin.window().hide()
    standin.tray().choose('Pause or Resume')
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    standin.tray().choose('Pause or Resume')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(seen()).toEqual(hidden)
  })
  it('keeps its check mark in step with the window and the application menu', async () => {
    standin.tray().choose('Always on Top')
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(true)
    expect(standin.tray().item('Always on Top')?.checked).toBe(true)
    standin.menu('Window', 'Always on Top')
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(false)
    expect(standin.tray().item('Always on Top')?.checked).toBe(false)
  })
  it('speaks the language of the settings', async () => {
    standin.menu('View', 'Language', '简体中文')
    await expect.poll(() => labels().at(-1)).toBe('退出')
    standin.menu('视图', '语言', 'English')
    await expect.poll(() => labels().at(-1)).toBe('Quit')
  })
  it('claims no figures while the engine is away', async () => {
    process.kill(standin.utilities.get(engineName)!, 'SIGKILL')
    await expect.poll(labels).toContain('No current figures')
    expect(standin.tray().toolTip).toBe('Sockscope')
    await expect.poll(() => figure('sockets'), { timeout: 15_000 }).toBeGreaterThan(0)
  })
  it('goes when the settings say so, and a hidden window comes back', async () => {
    expect(seen()).toEqual(hidden)
    await change(page, { trayIcon: false })
    await expect.poll(() => standin.trays().length).toBe(0)
    expect(seen()).toEqual(inSight)
    await change(page, { trayIcon: true })
    await expect.poll(() => standin.trays().length).toBe(1)
    await expect.poll(() => figure('sockets')).toBeGreaterThan(0)
  })
  it('saw no error in the page', () => expect(standin.errors).toEqual([]))
  it('really quits by its menu', async () => {
    standin.tray().choose('Quit')
    await expect.poll(() => standin.app.exitCode).toBe(0)
    expect([standin.trays().length, standin.utilities.size, standin.isOpen()]).toEqual([0, 0, false])
  })
})

/** More listeners than others on this machine open or close meanwhile. */
async function expectCounting(): Promise<void> {
  const before = figure('listening')
  const servers = Array.from({ length: 20 }, () => createServer().listen(0, '127.0.0.1'))
  await expect.poll(() => figure('listening'), { timeout: 10_000 }).toBeGreaterThanOrEqual(before + 10)
  for (const server of servers) server.close()
  await expect.poll(() => figure('listening'), { timeout: 10_000 }).toBeLessThan(before + 10)
}

async function currentPage(of: Page): Promise<string | null> {
  return of.locator('[aria-current="page"]').textContent()
}

async function change(of: Page, patch: object): Promise<void> {
  await of.evaluate(
    (given) => (window as unknown as Poster).sockscope.post({ type: 'call', id: 1e9, name: 'changeSettings', input: given }),
    patch,
  )
}

interface Poster {
  readonly sockscope: { post(message: object): void; onMessage(listener: (message: unknown) => void): () => void }
}
