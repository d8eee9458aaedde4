import { BrowserWindow, ipcMain, protocol } from 'electron'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servePages } from '../../src-main/electron/ipc-channel.ts'
import { toMain } from '../../src-main/electron/page-envelope.ts'
import { createBridgeChannel } from '../../src-renderer/transport/bridge-channel.ts'
import type { Channel } from '../../src-shared/rpc/channel.ts'
import { describeChannelContract } from '../contract/channel-contract.ts'
import { serveContractFixture } from '../contract/fixture-api.ts'
import { standin } from '../standin/electron.ts'
import { bridgeOf } from './page-end.ts'

const trustedOrigin = 'app://sockscope'
const refused: (string | undefined)[] = []
const shown: unknown[] = []
let presented = 0
let opened = Promise.withResolvers<Channel>()
let stop: () => void

beforeAll(() => {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app' }])
  protocol.handle('app', () => new Response('<title>a page</title>', { headers: { 'content-type': 'text/html' } }))
  stop = servePages({
    isTrustedOrigin: (origin) => origin === trustedOrigin,
    onPage: (channel) => opened.resolve(channel),
    onShowExecutable: (process, tell) => {
      shown.push(process)
      tell({ type: 'executable-not-shown', notice: { pid: 7, obstacle: 'ended' } })
    },
    onPresent: () => (presented += 1),
    onRefused: (origin) => refused.push(origin),
  })
})
afterAll(async () => {
  stop()
  await standin.close()
})

async function openPage(origin: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({ show: false, webPreferences: { preload: `${process.cwd()}/out/preload/index.cjs` } })
  await window.loadURL(`${origin}/index.html`)
  return window
}

describeChannelContract("Electron's IPC", async () => {
  opened = Promise.withResolvers()
  const window = await openPage(trustedOrigin)
  const client = createBridgeChannel(await bridgeOf(await standin.page()))
  const server = await opened.promise
  serveContractFixture(server)
  return {
    client,
    disconnect: () => server.close(),
    dispose: () => window.destroy(),
  }
})

it('left no error in any page', () => expect(standin.errors).toEqual([]))

describe('the gate for senders', () => {
  it('gives no channel to a page of another origin', async () => {
    opened = Promise.withResolvers()
    const window = await openPage('app://elsewhere')
    await bridgeOf(await standin.page())
    await expect.poll(() => refused.splice(0)).toEqual(['app://elsewhere'])
    window.destroy()
    expect(await Promise.race([opened.promise, Promise.resolve('no channel')])).toBe('no channel')
  })
  it('hears neither embedded frames nor frames that are gone', () => {
    const top = { origin: trustedOrigin, parent: null }
    for (const senderFrame of [{ origin: trustedOrigin, parent: top }, null])
      ipcMain.emit(toMain, { sender: { id: 1 }, senderFrame }, { type: 'open' })
    expect(refused.splice(0)).toEqual([trustedOrigin, undefined])
  })
  it('lets no foreign frame ask for an executable, and answers the page that did', () => {
    const envelope = { type: 'show-executable', process: { pid: 7, startToken: '1' } }
    const sent: unknown[] = []
    const sender = { id: 1, isDestroyed: () => false, send: (_channel: string, answer: unknown) => sent.push(answer) }
    for (const origin of ['app://elsewhere', trustedOrigin])
      ipcMain.emit(toMain, { sender, senderFrame: { origin, parent: null } }, envelope)
    expect([shown.splice(0), refused.splice(0)]).toEqual([[{ pid: 7, startToken: '1' }], ['app://elsewhere']])
    expect(sent).toEqual([{ type: 'executable-not-shown', notice: { pid: 7, obstacle: 'ended' } }])
  })
  it('lets no foreign frame bring the window to the front', () => {
    for (const origin of ['app://elsewhere', trustedOrigin])
      ipcMain.emit(toMain, { sender: { id: 1 }, senderFrame: { origin, parent: null } }, { type: 'present' })
    expect([presented, refused.splice(0)]).toEqual([1, ['app://elsewhere']])
  })
  it('passes over envelopes that are none', async () => {
    const sender = { id: 77 }
    const senderFrame = { origin: trustedOrigin, parent: null }
    for (const envelope of [undefined, null, 1, {}, { type: 'close' }, { type: 'message', message: 1 }])
      ipcMain.emit(toMain, { sender, senderFrame }, envelope)
    expect(refused).toEqual([])
  })
  it('ends the channel of a page that loads again and opens another', async () => {
    opened = Promise.withResolvers()
    const window = await openPage(trustedOrigin)
    const page = await standin.page()
    await bridgeOf(page)
    const first = await opened.promise
    const closed = new Promise<void>((resolve) => {
      first.on('close', resolve)
    })
    opened = Promise.withResolvers()
    window.webContents.reload()
    await page.waitForFunction('document.readyState === "complete"')
    await page.evaluate('sockscope.onMessage(() => {})')
    await closed
    expect(await opened.promise).not.toBe(first)
    window.destroy()
  })
})
