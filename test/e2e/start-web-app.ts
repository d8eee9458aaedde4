/** The built product as a person meets it: `sockscope serve` and a real browser. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import type { Settings } from '../../src-shared/model/settings.ts'

export interface WebApp {
  readonly page: Page
  /** Process of the host; its only child is the engine. */
  readonly hostPid: number
  /** What went wrong in the page. */
  readonly pageErrors: string[]
  search(text: string): Promise<void>
  /** Rows on screen whose text contains every one of the given pieces. */
  rows(...pieces: readonly string[]): Locator
  stop(): Promise<void>
}

/** Another build than the usual one may be tried. */
const command = process.env['SOCKSCOPE_BUILT'] ?? 'out/main/sockscope.js'

/** The hints for a first run would lie over rows. */
const usualSettings: Partial<Settings> = { tourDone: true }

export async function startWebApp(
  args: readonly string[] = ['--allow-actions'],
  options: BrowserContextOptions = {},
  settings = usualSettings,
): Promise<WebApp> {
  if (!existsSync(command)) throw new Error(`${command} is not built: run \`npm run build\` first.`)
  const config = mkdtempSync(join(tmpdir(), 'sockscope-e2e-'))
  mkdirSync(join(config, 'sockscope'), { mode: 0o700 })
  writeFileSync(join(config, 'sockscope', 'settings.json'), JSON.stringify({ version: 1, settings }), { mode: 0o600 })
  const host = spawn(process.execPath, [command, 'serve', '--no-open', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XDG_CONFIG_HOME: config },
  })
  const address = await firstAddress(host.stdout)
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1380, height: 760 }, locale: 'en-US', ...options })
  const pageErrors: string[] = []
  page.on('pageerror', (error) => pageErrors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && pageErrors.push(`${message.text()} ${message.location().url}`))
  await page.goto(address)
  await page.locator('.connection-body [role=row]').first().waitFor()
  return {
    page,
    hostPid: host.pid ?? 0,
    pageErrors,
    search: async (text) => {
      await page.getByRole('search').getByRole('combobox').fill(text)
      await nextPaint(page)
    },
    rows: (...pieces) =>
      pieces.reduce((found, piece) => found.filter({ hasText: piece }), page.locator('.connection-body [role=row]:not([hidden])')),
    stop: async () => {
      await browser.close()
      if (host.exitCode === null) {
        host.kill('SIGTERM')
        await once(host, 'exit')
      }
      rmSync(config, { recursive: true, force: true })
    },
  }
}

/** Rows are painted in the frame after a change; until then those of the search before stand there. */
function nextPaint(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--disable-background-networking', '--disable-component-update', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
}

async function firstAddress(output: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const address = /http:\/\/\S+/.exec(text)?.[0]
    if (address !== undefined) return address
  }
  throw new Error(`The host ended without an address: ${text}`)
}
