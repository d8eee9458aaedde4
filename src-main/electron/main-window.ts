/** The one window: opened where it was, shown when painted, its place kept. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import { logDefect } from './defects.ts'
import { defaultSize, fitWindow, loadWindowState, minimumSize, saveWindowState } from './window-state.ts'

export interface MainWindowOptions {
  /** The folder with package.json and out/. */
  readonly appPath: string
  readonly url: string
  readonly stateFile: string
  /** False for a run without a person in front of it. */
  readonly visible: boolean
}

/** A move or resize comes as a burst of events; the state is written when it has ended. */
const saveDelayMs = 500
/** A page that keeps crashing is not loaded again for ever. */
const maximumReloads = 3
/** Behind the page until it is painted, so that a dark desktop sees no white flash. */
const backgrounds = { light: '#ffffff', dark: '#16181d' }

export function createMainWindow({ appPath, url, stateFile, visible }: MainWindowOptions): BrowserWindow {
  const state = loadWindowState(stateFile)
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...defaultSize,
    ...fitWindow(state, workAreas),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
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
  if (visible) {
    window.once('ready-to-show', () => {
      if (state.maximized) window.maximize()
      window.show()
    })
    keepState(window, stateFile)
  }
  reloadAfterCrash(window)
  window.loadURL(url).catch(logDefect)
  return window
}

/** Brings the window to the front, whatever it was doing. */
export function presentWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function keepState(window: BrowserWindow, file: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = (): void => {
    clearTimeout(timer)
    try {
      saveWindowState(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    } catch (error) {
      logDefect(error) // a full disk must not keep the window from closing
    }
  }
  const saveSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, saveDelayMs)
  }
  // Electron declares one overload per event, so a union of names fits none of them.
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
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
