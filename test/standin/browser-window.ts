import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { records } from './records.ts'
import { permitted, strict, type Fake } from './strict.ts'
import { WebContents } from './web-contents.ts'
import { addWindow, removeWindow, windows } from './window-list.ts'

export class BrowserWindow extends EventEmitter implements Fake<Electron.BrowserWindow> {
  static getAllWindows = (): BrowserWindow[] => [...windows()]
  readonly webContents: WebContents & Electron.WebContents
  readonly #normal: Electron.Rectangle
  #shown: boolean
  #minimized = false
  #maximized = false
  /** How often the window was brought to the front. */
  focused = 0

  constructor({
    width = 800,
    height = 600,
    x = 0,
    y = 0,
    show = true,
    webPreferences = {},
  }: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (webPreferences.sandbox === false || webPreferences.contextIsolation === false || webPreferences.nodeIntegration === true)
      throw new Error('the electron stand-in only has sandboxed, isolated windows')
    this.#normal = { x, y, width, height }
    this.#shown = show
    this.webContents = strict('webContents', bound(new WebContents(webPreferences.preload))) as never
    addWindow(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL = async (url: string): Promise<void> => {
    await this.#resizePage()
    await this.webContents.loadURL(url)
    this.emit('ready-to-show')
  }
  show = (): void => {
    this.#shown = true
    this.emit('show')
  }
  focus = (): void => {
    this.focused += 1
    this.emit('focus')
  }
  isVisible = (): boolean => this.#shown
  minimize = (): void => void (this.#minimized = true)
  restore = (): void => void (this.#minimized = false)
  isMinimized = (): boolean => this.#minimized
  maximize = (): void => this.#setMaximized(true)
  unmaximize = (): void => this.#setMaximized(false)
  isMaximized = (): boolean => this.#maximized
  getNormalBounds = (): Electron.Rectangle => ({ ...this.#normal })
  getBounds = (): Electron.Rectangle => ({ ...((this.#maximized && records.displays[0]?.workArea) || this.#normal) })
  setBounds = (bounds: Partial<Electron.Rectangle>): void => {
    Object.assign(this.#normal, bounds)
    void this.#resizePage()
    if (bounds.x !== undefined || bounds.y !== undefined) this.emit('move')
    if (bounds.width !== undefined || bounds.height !== undefined) this.emit('resize')
  }
  isDestroyed = (): boolean => this.webContents.destroyed
  close = (): void => {
    if (permitted(this, 'close')) this.destroy()
  }
  destroy = (): void => {
    if (this.isDestroyed()) return
    removeWindow(this)
    this.webContents.destroy()
    this.emit('closed')
    if (windows().length === 0 && !app.quitting) app.emit('window-all-closed')
  }
  #setMaximized(maximized: boolean): void {
    this.#maximized = maximized
    void this.#resizePage()
    this.emit(maximized ? 'maximize' : 'unmaximize')
  }
  async #resizePage(): Promise<void> {
    const { width, height } = this.getBounds()
    await (await this.webContents.page).setViewportSize({ width, height })
  }
}

/** Private members live on the object itself, not on the proxy that `strict` puts around it. */
function bound<T extends WebContents>(contents: T): T {
  return new Proxy(contents, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
