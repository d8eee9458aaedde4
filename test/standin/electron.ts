/**
 * A stand-in for the `electron` module on machines without its binary: this Node process is the main process, a BrowserWindow is
 * a page of the system's Chromium, the preload runs in an isolated world of that page, a utility process is a Node process.
 * What a desktop would show (menus, dialogs, links) is recorded in `standin`.
 */
import type { Page } from 'playwright-core'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { closeBrowser } from './chromium.ts'
import { Menu } from './menu.ts'
import { display, records } from './records.ts'
import { trays, type Tray } from './tray.ts'
import { screen } from './desktop.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { net, protocol } from './custom-schemes.ts'
export { dialog, screen, shell } from './desktop.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { nativeTheme } from './native-theme.ts'
export { session } from './session.ts'
export { Tray } from './tray.ts'
export { utilityProcess } from './utility-process.ts'

/** What tests look at and act through. */
export const standin = Object.assign(records, {
  app,
  /** To be called when the main module has been evaluated. */
  becomeReady: (): void => app.becomeReady(),
  isOpen: (): boolean => BrowserWindow.getAllWindows().length > 0,
  window: (): BrowserWindow => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) throw new Error('no window is open')
    return window
  },
  page: (): Promise<Page> => standin.window().webContents.page,
  menu: (...path: [string, ...string[]]): void => Menu.application?.click(...path),
  press: (accelerator: string): boolean => Menu.application?.press(accelerator) ?? false,
  /** The icons that a person would see. */
  trays: (): readonly Tray[] => trays(),
  tray: (): Tray => {
    const [tray] = trays()
    if (tray === undefined) throw new Error('there is no tray icon')
    return tray
  },
  /** Plugs displays in and out; the first becomes the primary one. */
  setDisplays: (...displays: Electron.Display[]): void => {
    const gone = records.displays.filter(({ id }) => displays.every((each) => each.id !== id))
    records.displays.splice(0, records.displays.length, ...displays)
    for (const each of gone) screen.emit('display-removed', {}, each)
    screen.emit('display-metrics-changed', {}, displays[0], ['workArea'])
  },
  display,
  close: closeBrowser,
})
