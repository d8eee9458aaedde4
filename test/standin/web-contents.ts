import { EventEmitter } from 'node:events'
import type { Page } from 'playwright-core'
import { browserContext } from './chromium.ts'
import { fromWeb, isCustom, serve, toWeb } from './custom-schemes.ts'
import { ipcMain } from './ipc-main.ts'
import { openPageWorld, type PageMessage, type PageWorld } from './page-world.ts'
import { records } from './records.ts'
import { session } from './session.ts'
import { permitted, type Fake } from './strict.ts'
import { windows } from './window-list.ts'

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse

export class WebContents extends EventEmitter implements Fake<Electron.WebContents> {
  static next = 0
  readonly id = ++WebContents.next
  readonly session = session.defaultSession as unknown as Electron.Session
  readonly page: Promise<Page>
  destroyed = false
  readonly #world = Promise.withResolvers<PageWorld>()
  #url = ''
  #loading = false
  #openHandler: OpenHandler | undefined

  constructor(preload: string | undefined) {
    super()
    this.page = this.#open(preload)
  }
  get mainFrame(): Electron.WebFrameMain {
    return { url: this.#url, origin: /^[^:]*:\/\/[^/]*/.exec(this.#url)?.[0] ?? 'null', parent: null } as Electron.WebFrameMain
  }
  send = (channel: string, ...args: unknown[]): void => void this.#push({ op: 'send', channel, args })
  loadURL = async (url: string): Promise<void> => {
    this.#url = url
    await this.#load((page) => page.goto(toWeb(url)))
  }
  /** How often the page was loaded again. */
  reloads = 0
  reload = (): void => {
    this.reloads += 1
    void this.#load((page) => page.reload())
  }
  getURL = (): string => this.#url
  isDestroyed = (): boolean => this.destroyed
  setWindowOpenHandler = (handler: OpenHandler): void => void (this.#openHandler = handler)
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    void this.page.then((page) => page.close()).catch(() => {}) // the browser may be gone before its page
    this.emit('destroyed')
  }

  async #open(preload: string | undefined): Promise<Page> {
    const page = await (await browserContext()).newPage()
    this.#world.resolve(await openPageWorld(page, preload, (message) => void this.#receive(message)))
    await page.route('**/*', (route) => {
      const request = route.request()
      const url = fromWeb(request.url())
      const leaving = request.isNavigationRequest() && request.frame() === page.mainFrame() && !this.#loading
      // 'aborted' leaves the page as it is; any other reason would replace it by an error page.
      if (leaving && !permitted(this, 'will-navigate', { url }, url)) return route.abort('aborted')
      return isCustom(request.url()) ? serve(route) : route.continue()
    })
    page.on('pageerror', (error) => records.errors.push(error))
    page.on('console', (message) => this.emit('console-message', { message: message.text(), level: message.type() }))
    return page
  }
  async #load(go: (page: Page) => Promise<unknown>): Promise<void> {
    const page = await this.page
    this.#loading = true
    await go(page).finally(() => (this.#loading = false))
    this.emit('did-finish-load')
  }
  async #receive({ op, id, channel, args, url }: PageMessage): Promise<void> {
    if (op === 'open') return void this.#openHandler?.({ url: fromWeb(url) } as Electron.HandlerDetails)
    const sender = windows().find((window) => window.webContents.id === this.id)?.webContents
    const event = { sender, senderFrame: this.mainFrame }
    if (op === 'send') return void ipcMain.emit(channel, event, ...args)
    try {
      const handler = ipcMain.invocable.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      await this.#push({ op: 'result', id, ok: true, value: await handler(event, ...args) })
    } catch (error) {
      await this.#push({ op: 'result', id, ok: false, value: String(error) })
    }
  }
  async #push(message: object): Promise<void> {
    if (!this.destroyed) await (await this.#world.promise).push(message)
  }
}
