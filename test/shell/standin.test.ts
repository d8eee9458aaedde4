import { BrowserWindow, Menu, Tray, app, dialog, ipcMain, protocol, session, utilityProcess } from 'electron'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standin } from '../standin/electron.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

describe('the electron stand-in', () => {
  let window: BrowserWindow
  let page: Page
  const run = (code: string): Promise<unknown> => page.evaluate(code)
  beforeAll(async () => {
    ipcMain.handle('echo', (_event, value: unknown) => ({ value, kind: Object.prototype.toString.call(value) }))
    ipcMain.handle('fails', () => {
      throw new RangeError('too far')
    })
    protocol.registerSchemesAsPrivileged([{ scheme: 'app' }])
    protocol.handle('app', () => new Response('<title>t</title><body>', { headers: { 'content-type': 'text/html' } }))
    window = new BrowserWindow({ show: false, webPreferences: { preload: fixture('preload.cjs') } })
    await window.loadURL('app://test/index.html')
    page = await standin.page()
  })
  afterAll(() => standin.close())

  it.each([
    ['new Date(5)', '[object Date]'],
    ['new Map([[1,{a:1}]])', '[object Map]'],
    ['new Set([1])', '[object Set]'],
    ['new Uint8Array([1,2])', '[object Uint8Array]'],
    ['10n', '[object BigInt]'],
    ['undefined', '[object Undefined]'],
    ['null', '[object Null]'],
    ['[1,[2]]', '[object Array]'],
    ['"ü"', '[object String]'],
  ])('carries %s through IPC and back', async (value, kind) => {
    expect(await run(`bridge.echo(${value}).then((r) => r.kind + Object.prototype.toString.call(r.value))`)).toBe(kind + kind)
  })
  it('carries megabytes both ways without changing one', async () => {
    const sum = await run(`bridge.echo(new Uint8Array(6_000_000).map((_, i) => i)).then((r) => r.value.reduce((a, b) => a + b, 0))`)
    let expected = 0
    for (let index = 0; index < 6_000_000; index += 1) expected += index % 256
    expect(sum).toBe(expected)
  })
  it('returns synchronously across the bridge, and throws across it', async () => {
    expect(await run('bridge.add(2, 3)')).toBe(5)
    expect(await run('try { bridge.fails() } catch (error) { error.message }')).toBe('sync failure')
  })
  it('names the channel when a handler fails', async () => {
    expect(await run('bridge.rejects().catch((e) => e.message)')).toBe("Error invoking remote method 'fails': RangeError: too far")
  })
  it('calls back into the page', async () => {
    expect(await run('new Promise((resolve) => bridge.later((a, b) => resolve(a + b.nested[0])))')).toBe('called1')
  })
  it('drops prototypes, freezes, and keeps the worlds apart', async () => {
    expect(await run('[typeof bridge.thing.method, bridge.thing.own, Object.isFrozen(bridge.nested), typeof leaked, refused].join()')).toBe(
      'undefined,1,true,undefined,module not found: node:fs (the preload is sandboxed)',
    )
    expect(await run('bridge.nested.value().then((m) => m.get(1))')).toBe(2)
  })
  it('sends to the page', async () => {
    window.webContents.send('greet', 'world')
    await page.getByText('hello world').waitFor()
  })
  it('answers dialogs from a queue and names what it lacks', async () => {
    standin.answers.push({ response: 1 })
    expect(await dialog.showMessageBox({ message: 'End process?' })).toEqual({ response: 1 })
    await expect(dialog.showMessageBox({ message: 'again' })).rejects.toThrow('queued no answer')
    expect(() => app.getGPUInfo('basic')).toThrow('the electron stand-in has no app.getGPUInfo')
  })
  it('hands permission requests to the session handler', () => {
    const decisions: boolean[] = []
    session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === 'fullscreen'))
    const { permissionRequest } = session.defaultSession as unknown as {
      permissionRequest: (contents: null, permission: string, decide: (granted: boolean) => void) => void
    }
    for (const permission of ['fullscreen', 'geolocation']) permissionRequest(null, permission, (granted) => decisions.push(granted))
    expect(decisions).toEqual([true, false])
  })
  it('runs a utility process that can be killed', async () => {
    const child = utilityProcess.fork(fixture('echo-utility.mjs'), ['extra'])
    child.postMessage({ bytes: new Uint8Array([1, 2, 3]) })
    const [answer] = (await once(child as never, 'message')) as [unknown]
    expect(answer).toEqual({ given: { bytes: new Uint8Array([1, 2, 3]) }, argument: 'extra' })
    const exit = once(child as never, 'exit')
    process.kill(child.pid!, 'SIGKILL')
    expect(await exit).toEqual([9])
    expect(child.pid).toBeUndefined()
  })
  it('shows what changes in a menu of the tray when that is set again, as Linux does', () => {
    const tray = new Tray('resources/tray/tray.png')
    const menu = Menu.buildFromTemplate([{ label: 'one' }, { type: 'separator' }, { label: 'two', visible: false }])
    tray.setContextMenu(menu)
    menu.items[0]!.label = 'another'
    expect(standin.tray().labels()).toEqual(['one', '(separator)'])
    tray.setContextMenu(menu)
    expect(standin.tray().labels()).toEqual(['another', '(separator)'])
    tray.destroy()
    expect([standin.trays().length, tray.isDestroyed()]).toEqual([0, true])
    expect(() => tray.setToolTip('too late')).toThrow('Object has been destroyed')
  })
  it('makes no tray icon without its image, and names what it lacks of the rest', () => {
    expect(() => new Tray('resources/tray/none.png')).toThrow('Failed to load image from path')
    const tray = new Tray('resources/tray/tray.png')
    expect(() => tray.displayBalloon({ title: '', content: '' })).toThrow('the electron stand-in has no Tray.displayBalloon')
    tray.destroy()
  })
  it('does not paint a hidden window that is not to', async () => {
    const hidden = new BrowserWindow({ show: false, paintWhenInitiallyHidden: false })
    let isReady = false
    hidden.once('ready-to-show', () => (isReady = true))
    await hidden.loadURL('app://test/index.html')
    expect(isReady).toBe(false)
    hidden.destroy()
  })
  it('knows no window that was destroyed, nor members that it lacks', () => {
    const gone = new BrowserWindow({ show: false })
    expect(() => gone.flashFrame(true)).toThrow('the electron stand-in has no BrowserWindow.flashFrame')
    gone.destroy()
    expect(gone.isDestroyed()).toBe(true)
    expect(() => gone.isVisible()).toThrow('Object has been destroyed')
    expect(() => gone.webContents.send('late')).toThrow('Object has been destroyed')
  })
  it('lets a close be prevented, then quits', () => {
    window.once('close', (event) => event.preventDefault())
    app.quit()
    expect([window.isDestroyed(), standin.app.exitCode]).toEqual([false, undefined])
    app.quit()
    expect([window.isDestroyed(), standin.app.exitCode]).toEqual([true, 0])
  })
})
