/**
 * Shows an address in a browser. The address carries a token, and every user of the machine can read the command lines of all
 * processes: so the browser is given a file that only this user can read, and the file leads to the address.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface BrowserFacts {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** A folder of this program for the browser's profile and the file; made when absent. */
  readonly folder: string
  /** Chromium refuses its own sandbox to root. */
  readonly isRoot: boolean
}

export interface BrowserCommand {
  readonly file: string
  readonly args: readonly string[]
  /** The process lives exactly as long as the window. */
  readonly livesAsWindow: boolean
}

export interface OpenedBrowser {
  /** Resolves when the window was closed; never for a browser that was running before and only got another tab. */
  readonly closed: Promise<void>
  /** Ends the window, and only that: a browser that was running before is left alone. */
  close(): void
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
/** A browser that ends sooner did not show a window: it failed, or handed the page to one that was running already. */
const shortestWindowMs = 3_000

export function hasDisplay({ platform, env }: Pick<BrowserFacts, 'platform' | 'env'>): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/** The command that would show `target`; undefined when there is no display or nothing to show it with. */
export function browserCommand(facts: BrowserFacts, target: string, isExecutable = canExecute): BrowserCommand | undefined {
  if (!hasDisplay(facts)) return undefined
  if (facts.platform === 'darwin') return { file: 'open', args: [target], livesAsWindow: false }
  if (facts.platform === 'win32') return { file: 'explorer.exe', args: [target], livesAsWindow: false }
  const find = (name: string): string | undefined =>
    (facts.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, name))
      .find(isExecutable)
  const chromium = chromiumNames.map(find).find((path) => path !== undefined)
  if (chromium !== undefined) return { file: chromium, args: chromiumArguments(facts, target), livesAsWindow: true }
  const opener = find('xdg-open')
  return opener === undefined ? undefined : { file: opener, args: [target], livesAsWindow: false }
}

/** Undefined when nothing can be opened here; the person then opens the address by hand. Throws nothing. */
export function openBrowser(facts: BrowserFacts, address: string): OpenedBrowser | undefined {
  const page = join(facts.folder, 'open.html')
  const command = browserCommand(facts, pathToFileURL(page).href)
  if (command === undefined || !writePage(facts.folder, page, address)) return undefined
  const startedAt = performance.now()
  const child = spawn(command.file, command.args, { stdio: 'ignore', detached: !command.livesAsWindow })
  // The host lives as long as it wants to, not as long as a browser.
  child.unref()
  const closed = new Promise<void>((resolve) => {
    child.on('exit', () => {
      if (command.livesAsWindow && performance.now() - startedAt >= shortestWindowMs) resolve()
    })
    // Not started after all: nothing is shown and nothing ends; the address is printed in any case.
    child.on('error', () => rmSync(page, { force: true }))
  })
  const close = (): void => {
    if (command.livesAsWindow) child.kill()
    rmSync(page, { force: true })
  }
  return { closed, close }
}

/** A profile of its own makes the process belong to the window, whatever browser is open already. */
function chromiumArguments({ folder, isRoot }: BrowserFacts, target: string): string[] {
  return [
    `--app=${target}`,
    `--user-data-dir=${join(folder, 'browser')}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

function writePage(folder: string, page: string, address: string): boolean {
  const escaped = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(page, { force: true })
    writeFileSync(page, `<!doctype html><meta http-equiv="refresh" content="0;url=${escaped}"><title>Sockscope</title>\n`, {
      mode: 0o600,
      flag: 'wx',
    })
    return true
  } catch {
    // Without the file nothing is opened, which the caller says; the reason (a read-only home) is not worth more words.
    return false
  }
}

function canExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Absent or not executable: the search goes on.
    return false
  }
}
