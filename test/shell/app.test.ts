import { ipcMain, nativeTheme, session } from 'electron'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toMain } from '../../src-main/electron/page-envelope.ts'
import { standin } from '../standin/electron.ts'
import { rowCount, startApp, type StartedApp } from './start-app.ts'

/** What issue and supervisor promise. */
const restartLimitMs = 3_000
const engineName = 'Sockscope engine'
const listener = createServer().listen(0, '127.0.0.1')

let app: StartedApp
let page: Page

describe.runIf(process.platform === 'linux')('the desktop app', () => {
  beforeAll(async () => {
    app = await startApp()
    page = app.page
  })
  afterAll(async () => {
    listener.close()
    await app.stop()
  })
  it('shows the connections of this machine', async () => {
    await expect.poll(() => rowCount(page), { timeout: 15_000 }).toBeGreaterThan(1)
  })
  it('draws them as rows', async () => {
    await expect.poll(() => page.getByRole('rowgroup').getByRole('row').count(), { timeout: 15_000 }).toBeGreaterThan(0)
  })
  it('names itself and its processes to the page', async () => {
    const info = await call(page, 'getHost')
    expect(info).toMatchObject({ ok: true, value: { host: 'electron', actionsAllowed: true } })
    const { ownPids } = (info as { value: { ownPids: number[] } }).value
    expect(ownPids).toContain(process.pid)
    expect(ownPids).toContain(standin.utilities.get(engineName))
  })
  it('keeps the page away from Node and from IPC', async () => {
    expect(await page.evaluate('[typeof require, typeof process, typeof ipcRenderer, isSecureContext].join()')).toBe(
      'undefined,undefined,undefined,true',
    )
    expect(await page.evaluate('Object.keys(window.sockscope).toSorted().join()')).toBe(
      'onClose,onCommand,onExecutableNotShown,onMessage,platform,post,present,showExecutable',
    )
  })
  it('enforces its content security policy', async () => {
    expect(
      await page.evaluate(() =>
        fetch('https://example.com/').then(
          () => 'fetched',
          (error: Error) => error.name,
        ),
      ),
    ).toBe('TypeError')
    // page.evaluate itself may evaluate strings: the protocol lifts the policy for it. So an inline script is tried.
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = true' })),
    )
    expect(await page.evaluate('window.injected')).toBeUndefined()
  })
  it('serves nothing outside the built interface', async () => {
    const statuses = await page.evaluate(() =>
      Promise.all(
        ['/..%2f..%2fpackage.json', '/%2e%2e/main/index.js', '/..%5cmain%5cindex.js', '/%', '/index.html'].map((path) =>
          fetch(path).then(({ status }) => status),
        ),
      ),
    )
    expect(statuses).toEqual([404, 404, 404, 404, 200])
  })
  it('stays on its own page, and opens known links outside', async () => {
    for (const href of [
      'https://www.rfc-editor.org/rfc/rfc9293',
      'https://evil.example/',
      'http://www.rfc-editor.org/',
      'file:///etc/passwd',
    ])
      await page.evaluate((address) => {
        const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', textContent: 'a link' })
        document.body.append(link)
        link.click()
        link.remove()
      }, href)
    await page.evaluate(() => void (location.href = 'https://evil.example/'))
    await expect.poll(() => standin.opened.splice(0)).toEqual(['https://www.rfc-editor.org/rfc/rfc9293'])
    expect(standin.window().webContents.getURL()).toBe('app://sockscope/index.html')
    expect(await page.evaluate('location.hostname')).toMatch(/^sockscope\.app/)
  })
  it('answers no frame of another origin', async () => {
    const messages: unknown[] = []
    const sender = { id: 4711, send: (...args: unknown[]) => messages.push(args) }
    for (const envelope of [{ type: 'open' }, { type: 'message', message: { type: 'call', id: 1, name: 'getHost' } }])
      ipcMain.emit(toMain, { sender, senderFrame: { origin: 'https://evil.example', parent: null } }, envelope)
    await call(page, 'getStatus')
    expect(messages).toEqual([])
  })
  it.each([
    ['clipboard-sanitized-write', 'app://sockscope/index.html', true],
    ['clipboard-sanitized-write', 'https://evil.example/', false],
    ['notifications', 'app://sockscope/index.html', true],
    ['notifications', 'https://evil.example/', false],
    ['clipboard-read', 'app://sockscope/index.html', false],
    ['geolocation', 'app://sockscope/index.html', false],
    ['openExternal', 'app://sockscope/index.html', false],
  ])('decides on the permission %s for %s: %s', (permission, requestingUrl, expected) => {
    const { permissionRequest, permissionCheck } = session.defaultSession as never as Record<string, (...args: unknown[]) => unknown>
    let granted: unknown
    permissionRequest!(null, permission, (decision: boolean) => (granted = decision), { requestingUrl })
    expect([granted, permissionCheck!(null, permission, requestingUrl)]).toEqual([expected, expected])
  })
  it('refreshes on F5', async () => {
    const before = await sequence(page)
    expect(standin.press('F5')).toBe(true)
    await expect.poll(() => sequence(page)).toBeGreaterThan(before)
  })
  it('puts the cursor into the search box on Control+F', async () => {
    expect(standin.press('CommandOrControl+F')).toBe(true)
    await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('INPUT')
  })
  it('leaves Space to the page', () => expect(standin.press('Space')).toBe(false))
  it('changes theme and language from the menu, keeps them, and says so in the menu', async () => {
    standin.menu('View', 'Theme', 'Dark')
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches)
    expect(nativeTheme.themeSource).toBe('dark')
    standin.menu('View', 'Language', '简体中文')
    await expect.poll(() => page.evaluate('document.documentElement.lang')).toBe('zh-CN')
    standin.menu('视图', '语言', 'English')
    const kept = JSON.parse(readFileSync(join(app.configFolder, 'sockscope/settings.json'), 'utf8')) as object
    expect(JSON.stringify(kept)).toContain('"dark"')
  })
  it('tells in the page why a file could not be shown', async () => {
    await page.evaluate(() => {
      const { sockscope } = window as unknown as { sockscope: { showExecutable(process: object): void } }
      sockscope.showExecutable({ pid: 1, startToken: 'another life' })
    })
    await page.getByText('Process 1 has ended. Its file is not known any more.').waitFor()
    expect(standin.opened).toEqual([])
  })
  it('stays above other windows at the press of a key, keeps that, and says so in menu and palette', async () => {
    expect(standin.press('Control+Shift+T')).toBe(true)
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(true)
    expect(readFileSync(join(app.configFolder, 'sockscope/settings.json'), 'utf8')).toContain('"alwaysOnTop": true')
    await page.keyboard.press('Control+Shift+T')
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(false)
    standin.menu('Window', 'Always on Top')
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(true)
    await page.keyboard.press('Control+K')
    await page.keyboard.type('always on top')
    await page.keyboard.press('Enter')
    await expect.poll(() => standin.window().isAlwaysOnTop()).toBe(false)
  })
  it('shows no tray icon unless the settings want one', async () => {
    expect(standin.trays()).toEqual([])
    standin.press('CommandOrControl+,')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Closing the window' }).selectOption('Leaves it running behind its icon')
    await expect.poll(() => standin.trays().length).toBe(1)
    await dialog.getByRole('combobox', { name: 'Tray icon' }).selectOption('Not shown')
    await expect.poll(() => standin.trays().length).toBe(0)
    await page.keyboard.press('Escape')
  })
  it('comes to the front when a notification of the page is clicked', async () => {
    const before = standin.window().focused
    await page.evaluate(() => (window as unknown as { sockscope: { present(): void } }).sockscope.present())
    await expect.poll(() => standin.window().focused).toBe(before + 1)
  })
  it('comes to the front when it is started a second time', () => {
    standin.window().minimize()
    const before = standin.window().focused
    standin.app.emit('second-instance', {}, ['sockscope'], '/')
    expect([standin.window().isMinimized(), standin.window().focused]).toEqual([false, before + 1])
  })
  it('brings the engine back within three seconds of its death', async () => {
    const dead = standin.utilities.get(engineName)!
    process.kill(dead, 'SIGKILL')
    const diedAt = performance.now()
    await expect.poll(() => engineLink(page), { timeout: restartLimitMs, interval: 20 }).toMatchObject({ state: 'restarting' })
    await expect.poll(() => engineLink(page), { timeout: restartLimitMs, interval: 20 }).toEqual({ state: 'running', restarts: 1 })
    expect(performance.now() - diedAt).toBeLessThan(restartLimitMs)
    expect(standin.utilities.get(engineName)).not.toBe(dead)
    await expect.poll(() => rowCount(page)).toBeGreaterThan(1)
  })
  it('loads a crashed page again, but not for ever', async () => {
    const { webContents } = standin.window()
    for (let crash = 1; crash <= 3; crash += 1) {
      const loaded = once(webContents as never, 'did-finish-load')
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
      await loaded
    }
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    expect(webContents.reloads).toBe(3)
    await expect.poll(() => rowCount(page), { timeout: 15_000 }).toBeGreaterThan(1)
  })
  it('opens the about panel', () => {
    standin.menu('help', 'About Sockscope')
    expect(standin.aboutPanels).toBe(1)
  })
  it('saw no error in the page', () => expect(standin.errors).toEqual([]))
  it('quits from the menu and takes the engine with it', async () => {
    const engine = standin.utilities.get(engineName)!
    standin.menu('File', 'quit')
    standin.app.quit() // impatience
    expect(standin.app.exitCode).toBeUndefined()
    await expect.poll(() => standin.app.exitCode).toBe(0)
    expect(standin.utilities.size).toBe(0)
    expect(() => process.kill(engine, 0)).toThrow('ESRCH')
  })
})

/** A call over a channel of the test's own beside that of the interface: the same page, the same gate. */
async function call(of: Page, name: string): Promise<unknown> {
  return of.evaluate(async (callName) => {
    const { sockscope } = window as unknown as {
      sockscope: { post(message: object): void; onMessage(listener: (message: unknown) => void): () => void }
    }
    const id = 1_000_000 + Math.floor(Math.random() * 1_000_000_000) // far from the interface's own numbers
    return new Promise((resolve) => {
      const stop = sockscope.onMessage((message) => {
        const reply = message as { type: string; id: number; result: unknown }
        if (reply.type !== 'result' || reply.id !== id) return
        stop()
        resolve(reply.result)
      })
      sockscope.post({ type: 'call', id, name: callName })
    })
  }, name)
}

async function sequence(of: Page): Promise<number> {
  return ((await call(of, 'getStatus')) as { value: { sequence: number } }).value.sequence
}

async function engineLink(of: Page): Promise<unknown> {
  return ((await call(of, 'getEngineLink')) as { value: unknown }).value
}
