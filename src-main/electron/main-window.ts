/** The one window: opened where it was, shown when painted, its place kept. */
import { BrowserWindow, nativeTheme } from 'electron'
import { join } from 'node:path'
import { logDefect } from './defects.ts'
import { bringWithinReach, displaysNow, keepWindowState } from './keep-window-state.ts'
import { defaultSize, minimumSize, placeWindow } from './window-place.ts'
import { loadWindowState, type WindowState } from './window-state.ts'

/** minimized: an entry of the task bar. hidden: nothing at all; somebody has to call `present`. */
export type Opening = 'shown' | 'minimized' | 'hidden'

export interface MainWindowOptions {
  /** The folder with package.json and out/. */
  readonly appPath: string
  readonly url: string
  /** Where the window's place is kept; undefined for a run without a person in front of it. */
  readonly stateFile: string | undefined
  readonly opening: Opening
}

export interface MainWindow {
  readonly window: BrowserWindow
  /** Brings the window to the front, whatever it was doing; does nothing when it is gone. */
  readonly present: () => void
}

/** A page that keeps crashing is not loaded again for ever. */
const maximumReloads = 3
/** Behind the page until it is painted, so that a dark desktop sees no white flash. */
const backgrounds = { light: '#ffffff', dark: '#16181d' }

export function createMainWindow({ appPath, url, stateFile, opening }: MainWindowOptions): MainWindow {
  const state: WindowState = stateFile === undefined ? { maximized: false, fullScreen: false } : loadWindowState(stateFile)
  const window = openWindow(appPath, state, opening)
  // Before, there is nothing to keep: a window that was never shown is neither maximised nor where it will be.
  const present = appear(window, state, opening, () => stateFile !== undefined && keepWindowState(window, stateFile))
  reloadAfterCrash(window)
  window.loadURL(url).catch(logDefect)
  return { window, present }
}

function openWindow(appPath: string, state: WindowState, opening: Opening): BrowserWindow {
  return new BrowserWindow({
    ...defaultSize,
    ...placeWindow(state, displaysNow()),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    // A page that nobody sees should know that, and not paint. Without painting there is no `ready-to-show`.
    paintWhenInitiallyHidden: opening !== 'hidden',
    title: 'Sockscope',
    icon: join(appPath, 'resources/icons/256x256.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload: join(appPath, 'out/preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
}

/** Sees to the window's first appearance, which is when it is maximised, too: that alone would show a window that is to stay out of sight. */
function appear(window: BrowserWindow, { maximized, fullScreen }: WindowState, opening: Opening, onAppeared: () => void): () => void {
  let hasAppeared = false
  const showFirst = (): void => {
    if (hasAppeared) return
    hasAppeared = true
    if (maximized) window.maximize()
    window.show()
    if (fullScreen) window.setFullScreen(true)
    onAppeared()
  }
  window.once('ready-to-show', () => {
    if (opening === 'shown') showFirst()
    else if (opening === 'minimized' && !hasAppeared) window.minimize()
  })
  // Out of the task bar, by whatever the desktop offers for that.
  window.once('restore', showFirst)
  return () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    bringWithinReach(window)
    showFirst()
    window.show()
    window.focus()
  }
}

function reloadAfterCrash(window: BrowserWindow): void {
  let reloads = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || reloads >= maximumReloads) return
    reloads += 1
    logDefect(`The window's process ended (${reason}); it is loaded again.`)
    window.webContents.reload()
  })
}
