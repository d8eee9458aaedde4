import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
let context: Promise<BrowserContext> | undefined

/** The browser that stands for Electron's own; CHROMIUM_PATH names another than the first one on the PATH. */
export function chromiumPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable)
  const path = process.env['CHROMIUM_PATH'] ?? found
  if (path === undefined) throw new Error(`no Chromium on the PATH (${names.join(', ')}); set CHROMIUM_PATH`)
  return path
}

/** One headless browser for all windows, started with the first of them. */
export function browserContext(): Promise<BrowserContext> {
  context ??= launch().then((browser) => browser.newContext({ viewport: null }))
  return context
}

export async function closeBrowser(): Promise<void> {
  const current = context
  context = undefined
  await (await current)?.browser()?.close()
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    // Playwright's own signal handlers would keep a process alive that is asked to end.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not ours to run: the next candidate.
    return false
  }
}
