/** Keeps the window's place from one run to the next, and on a display that is there. */
import { screen, type BrowserWindow, type Display } from 'electron'
import { logDefect } from './defects.ts'
import { isWithinReach, placeWindow, type DisplayMark } from './window-place.ts'
import { saveWindowState, type WindowState } from './window-state.ts'

/** A move or resize comes as a burst of events; the state is written when it has ended. */
const saveDelayMs = 500

/** The primary one first. */
export function displaysNow(): DisplayMark[] {
  const primary = screen.getPrimaryDisplay()
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)].map(markOf)
}

/** Writes the state to `file` after each change, and when the window closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = stateOf(window)
  const save = (): void => {
    clearTimeout(timer)
    // Minimised windows count as not maximised, and Windows parks them far outside of every display.
    if (!window.isMinimized()) last = stateOf(window)
    try {
      saveWindowState(file, last)
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
  window.on('enter-full-screen', saveSoon)
  window.on('leave-full-screen', saveSoon)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
}

/**
 * Brings a window back whose display went away. Systems do that themselves for windows that are shown, hidden ones are forgotten: so it
 * is also to be called before a window is shown again.
 */
export function bringWithinReach(window: BrowserWindow): void {
  if (window.isDestroyed() || window.isMinimized() || window.isMaximized() || window.isFullScreen()) return
  const bounds = window.getBounds()
  const displays = displaysNow()
  if (!isWithinReach(bounds, displays)) window.setBounds(placeWindow({ bounds }, displays))
}

/** Returns what ends the following. */
export function followDisplays(window: BrowserWindow): () => void {
  const onChange = (): void => bringWithinReach(window)
  screen.on('display-removed', onChange)
  screen.on('display-metrics-changed', onChange)
  return () => {
    screen.removeListener('display-removed', onChange)
    screen.removeListener('display-metrics-changed', onChange)
  }
}

function stateOf(window: BrowserWindow): WindowState {
  return {
    bounds: window.getNormalBounds(),
    display: markOf(screen.getDisplayMatching(window.getBounds())),
    maximized: window.isMaximized(),
    fullScreen: window.isFullScreen(),
  }
}

function markOf({ id, workArea, scaleFactor }: Display): DisplayMark {
  const { x, y, width, height } = workArea
  return { id, workArea: { x, y, width, height }, scaleFactor }
}
