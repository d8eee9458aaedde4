/** What closing the window does where Sockscope is to stay behind its tray icon. The window is never lost: without a tray it is minimised. */
import { app, type BrowserWindow } from 'electron'

export interface CloseRules {
  readonly window: BrowserWindow
  readonly platform: string
  /** Whether the person wants Sockscope to stay. */
  readonly stays: () => boolean
  /** Whether the desktop shows our tray icon, as far as one can know. */
  readonly hasTray: () => Promise<boolean>
}

/** Returns what ends the following. Quitting closes windows too; that goes through. */
export function followClosing({ window, platform, stays, hasTray }: CloseRules): () => void {
  let isQuitting = false
  const onQuit = (): void => void (isQuitting = true)
  const stepAside = async (): Promise<void> => {
    const hidden = await hasTray()
    if (window.isDestroyed() || isQuitting) return
    if (hidden) hideWindow(window, platform)
    else window.minimize()
  }
  app.on('before-quit', onQuit)
  window.on('close', (event) => {
    if (isQuitting || !stays()) return
    event.preventDefault()
    void stepAside()
  })
  return () => void app.removeListener('before-quit', onQuit)
}

/** On macOS a window in full screen leaves an empty black screen behind when it is hidden; so it leaves full screen first. */
export function hideWindow(window: BrowserWindow, platform: string): void {
  if (platform !== 'darwin' || !window.isFullScreen()) return window.hide()
  window.once('leave-full-screen', () => {
    if (!window.isDestroyed()) window.hide()
  })
  window.setFullScreen(false)
}
