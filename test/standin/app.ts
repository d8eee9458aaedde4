import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { records } from './records.ts'
import { permitted, strict, type Fake } from './strict.ts'
import { windows } from './window-list.ts'

class App extends EventEmitter implements Fake<Electron.App> {
  isPackaged = false
  name = 'electron'
  /** Set by `exit`; a Node process of its own ends then (run-app.mjs), a test goes on. */
  exitCode: number | undefined
  /** What another start of the app would find. */
  locked = false
  locale = 'en-US'
  appPath = process.cwd()
  readonly paths = new Map<string, string>()
  readonly #ready = Promise.withResolvers<void>()
  whenReady = (): Promise<void> => this.#ready.promise
  /** Electron sends `ready` when the main module has been evaluated, and not before: waiting for it at the top level hangs. */
  becomeReady = (): void => {
    this.#ready.resolve()
    this.emit('ready')
  }
  setName = (name: string): void => void (this.name = name)
  getName = (): string => this.name
  enableSandbox = (): void => {}
  setAppUserModelId = (): void => {}
  getVersion = (): string => (JSON.parse(readFileSync(join(this.appPath, 'package.json'), 'utf8')) as { version: string }).version
  getLocale = (): string => this.locale
  getAppPath = (): string => this.appPath
  setPath = (name: string, path: string): void => void this.paths.set(name, path)
  getPath = (name: string): string => this.paths.get(name) ?? join(tmpdir(), 'electron-standin', name)
  getAppMetrics = (): Electron.ProcessMetric[] =>
    [process.pid, ...records.utilities.values()].map((pid) => ({ pid }) as Electron.ProcessMetric)
  requestSingleInstanceLock = (): boolean => !this.locked
  setAboutPanelOptions = (): void => {}
  showAboutPanel = (): void => void (records.aboutPanels += 1)
  /** While quitting, `window-all-closed` is not sent. */
  quitting = false
  quit = (): void => {
    if (this.exitCode !== undefined || this.quitting || !permitted(this, 'before-quit')) return
    this.quitting = true
    for (const window of windows()) window.close()
    this.quitting = false
    if (windows().length === 0 && permitted(this, 'will-quit')) this.exit(0)
  }
  exit = (code = 0): void => {
    if (this.exitCode !== undefined) return
    this.exitCode = code
    this.emit('quit', {}, code)
  }
}

export const app = strict('app', new App())
