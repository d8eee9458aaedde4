/** The open windows, for those modules that the window itself needs. */
import type { BrowserWindow } from './browser-window.ts'

const open: BrowserWindow[] = []

export function windows(): readonly BrowserWindow[] {
  return [...open]
}

export function addWindow(window: BrowserWindow): void {
  open.push(window)
}

export function removeWindow(window: BrowserWindow): void {
  open.splice(open.indexOf(window), 1)
}
