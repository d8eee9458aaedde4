import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { displayMatching } from './display-matching.ts'
import { permitted, strict, type Fake } from './strict.ts'
import { WebContents } from './web-contents.ts'
import { addWindow, removeWindow, windows } from './window-list.ts'

export class BrowserWindow extends EventEmitter implements Fake<Electron.BrowserWindow> {
  static getAllWindows = (): BrowserWindow[] => [...windows()]
  readonly webContents: WebContents & Electron.WebContents
  readonly #normal: Electron.Rectangle
  readonly #paintsHidden: boolean
  #shown: boolean
  #minimized = false
  #maximized = false
  #fullScreen = false
  #alwaysOnTop = false
  #destroyed = false
  /** The page was loaded, and whoever waited for that was told. */
  opened = false
  /** How often the window was brought to the front. */
  focused = 0

  constructor({
    width = 800,
    height = 600,
    x = 0,
    y = 0,
    show = true,
    paintWhenInitiallyHidden = true,
    webPreferences = {},
  }: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (webPreferences.sandbox === false || webPreferences.contextIsolation === false || webPreferences.nodeIntegration === true)
      throw new Error('the electron stand-in only has sandboxed, isolated windows')
    this.#normal = { x, y, width, height }
    this.#shown = show
    this.#paintsHidden = paintWhenInitiallyHidden
    this.webContents = strict('webContents', bound(new WebContents(webPreferences.preload))) as never
    addWindow(this)
    app.emit('web-contents-created', {}, this.webContents)
    return whileAlive(this)
  }
  loadURL = async (url: string): Promise<void> => {
    await this.#resizePage()
    await this.webContents.loadURL(url)
    if (!this.#destroyed && (this.#shown || this.#paintsHidden)) this.emit('ready-to-show')
    this.opened = true
  }
  show = (): void => {
    this.#shown = true
    this.emit('show')
  }
  hide = (): void => {
    this.#shown = false
    this.emit('hide')
  }
  focus = (): void => {
    this.focused += 1
    this.emit('focus')
  }
  isVisible = (): boolean => this.#shown
  /** A window that was not shown yet becomes an entry of the task bar. */
  minimize = (): void => {
    this.#shown = true
    this.#minimized = true
    this.emit('minimize')
  }
  restore = (): void => {
    this.#minimized = false
    this.emit('restore')
  }
  isMinimized = (): boolean => this.#minimized
  /** Shows the window, too. */
  maximize = (): void => {
    this.#shown = true
    this.#setMaximized(true)
  }
  unmaximize = (): void => this.#setMaximized(false)
  isMaximized = (): boolean => this.#maximized && !this.#minimized
  setFullScreen = (flag: boolean): void => {
    if (this.#fullScreen === flag) return
    this.#fullScreen = flag
    void this.#resizePage()
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen')
  }
  isFullScreen = (): boolean => this.#fullScreen
  setAlwaysOnTop = (flag: boolean): void => {
    this.#alwaysOnTop = flag
    this.emit('always-on-top-changed', {}, flag)
  }
  isAlwaysOnTop = (): boolean => this.#alwaysOnTop
  getNormalBounds = (): Electron.Rectangle => ({ ...this.#normal })
  getBounds = (): Electron.Rectangle => {
    const { bounds, workArea } = displayMatching(this.#normal)
    return { ...(this.#fullScreen ? bounds : this.#maximized ? workArea : this.#normal) }
  }
  setBounds = (bounds: Partial<Electron.Rectangle>): void => {
    Object.assign(this.#normal, bounds)
    void this.#resizePage()
    if (bounds.x !== undefined || bounds.y !== undefined) this.emit('move')
    if (bounds.width !== undefined || bounds.height !== undefined) this.emit('resize')
  }
  isDestroyed = (): boolean => this.#destroyed
  close = (): void => {
    if (permitted(this, 'close')) this.destroy()
  }
  destroy = (): void => {
    if (this.#destroyed) return
    this.#destroyed = true
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
    const page = await this.webContents.page
    try {
      await page.setViewportSize({ width, height })
    } catch (error) {
      // The page of a window that was closed meanwhile has no size.
      if (!this.#destroyed) throw error
    }
  }
}

/** As Electron's: of a window that is gone only that can be asked, and listeners be taken away; the rest throws. */
function whileAlive(window: BrowserWindow): BrowserWindow {
  const known = strict('BrowserWindow', window)
  return new Proxy(window, {
    get(target, key): unknown {
      if (typeof key === 'string' && key !== 'isDestroyed' && !(key in EventEmitter.prototype) && target.isDestroyed())
        throw new TypeError(`Object has been destroyed (BrowserWindow.${key})`)
      return Reflect.get(known, key, target)
    },
  })
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
