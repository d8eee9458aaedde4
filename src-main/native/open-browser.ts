/**
 * Shows an address in a browser. The address carries a token, and every user of the machine can read the command lines of all
 * processes: so the browser is given a file that only this user can read, and the file leads to the address.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { snapNameOf } from './snap-name.ts'

export interface BrowserFacts {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** A folder of this program for the browser's profile and the file; made when absent. A snap gets one below `homeFolder`. */
  readonly folder: string
  readonly homeFolder: string
  /** Chromium refuses its own sandbox to root. */
  readonly isRoot: boolean
}

export interface BrowserCommand {
  readonly file: string
  readonly args: readonly string[]
  /** Where the browser can read the file. */
  readonly folder: string
  /** The process lives exactly as long as the window. */
  readonly livesAsWindow: boolean
}

export interface OpenedBrowser {
  /** Resolves when the window was closed; never for a browser that was running before and only got another tab. */
  readonly closed: Promise<void>
  /** Ends the window, and only that: a browser that was running before is left alone. */
  close(): void
}

const pageName = 'open.html'
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
/** A browser that ends sooner did not show a window: it failed, or handed the page to one that was running already. */
const shortestWindowMs = 3_000

export function hasDisplay({ platform, env }: Pick<BrowserFacts, 'platform' | 'env'>): boolean {
  return platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/** The command that would show the file `open.html` of its folder; undefined when there is no display or nothing to show it with. */
export function browserCommand(
  facts: BrowserFacts,
  isExecutable: (path: string) => boolean = canExecute,
  snapName: (path: string) => string | undefined = snapNameOf,
): BrowserCommand | undefined {
  if (!hasDisplay(facts)) return undefined
  const { folder } = facts
  if (facts.platform === 'darwin') return { file: 'open', args: [pageAddress(folder)], folder, livesAsWindow: false }
  if (facts.platform === 'win32') return { file: 'explorer.exe', args: [pageAddress(folder)], folder, livesAsWindow: false }
  const folderFor = (program: string | undefined): string => {
    const snap = program === undefined ? undefined : snapName(program)
    return snap === undefined ? folder : join(facts.homeFolder, 'snap', snap, 'common', 'sockscope')
  }
  const find = (name: string): string | undefined =>
    (facts.env['PATH'] ?? '')
      .split(delimiter)
      .filter((place) => place !== '')
      .map((place) => join(place, name))
      .find(isExecutable)
  const chromium = chromiumNames.map(find).find((path) => path !== undefined)
  if (chromium !== undefined) {
    const own = folderFor(chromium)
    return { file: chromium, args: chromiumArguments(own, facts.isRoot), folder: own, livesAsWindow: true }
  }
  const opener = find('xdg-open')
  if (opener === undefined) return undefined
  // It may open Firefox, which is a snap on Ubuntu. Every other browser can read the snap's folder as well.
  const shared = folderFor(find('firefox'))
  return { file: opener, args: [pageAddress(shared)], folder: shared, livesAsWindow: false }
}

/** Undefined when nothing can be opened here; the person then opens the address by hand. Throws nothing. */
export function openBrowser(facts: BrowserFacts, address: string): OpenedBrowser | undefined {
  const command = browserCommand(facts)
  if (command === undefined) return undefined
  const page = join(command.folder, pageName)
  if (!writePage(command.folder, page, address)) return undefined
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
function chromiumArguments(folder: string, isRoot: boolean): string[] {
  return [
    `--app=${pageAddress(folder)}`,
    `--user-data-dir=${join(folder, 'browser')}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

function pageAddress(folder: string): string {
  return pathToFileURL(join(folder, pageName)).href
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
