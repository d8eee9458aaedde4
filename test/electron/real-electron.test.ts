import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { electronBinary, hasDisplay } from '../../scripts/run/electron-binary.mjs'

const binary = electronBinary(process.cwd())
const obstacle =
  binary === undefined ? 'no Electron binary (run npx install-electron)' : hasDisplay() ? undefined : 'no display (run under xvfb-run)'
/** Root has no sandbox; the runners' Ubuntu restricts user namespaces to programs with a profile. */
const flags = process.platform === 'linux' && (process.getuid?.() === 0 || process.env['CI'] !== undefined) ? ['--no-sandbox'] : []

describe('the real Electron', () => {
  const configFolder = mkdtempSync(join(tmpdir(), 'sockscope-electron-'))
  const env = environment(configFolder)
  let app: ElectronApplication | undefined
  let page: Page
  beforeEach(async ({ skip }) => {
    if (obstacle !== undefined) return skip(obstacle)
    app ??= await _electron.launch({ executablePath: binary!, args: [...flags, '.'], env })
    page = await app.firstWindow()
  })
  afterAll(async () => {
    await app?.close()
    rmSync(configFolder, { recursive: true })
  })

  it('shows the table', () => page.getByRole('grid').waitFor())
  it.runIf(process.platform === 'linux')('shows the connections of this machine', async () => {
    await expect.poll(() => rowCount(page), { timeout: 20_000 }).toBeGreaterThan(1)
  })
  it('keeps Node out of the page', async () => {
    expect(await page.evaluate('[typeof require, typeof process, isSecureContext, location.origin].join()')).toBe(
      'undefined,undefined,true,app://sockscope',
    )
    expect(await page.evaluate('Object.keys(window.sockscope).toSorted().join()')).toBe(
      'onClose,onCommand,onExecutableNotShown,onMessage,platform,post,present,showExecutable',
    )
  })
  it('runs sandboxed and isolated', async () => {
    const preferences = await app!.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration }
    })
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  })
  it('enforces its content security policy', async () => {
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = true' })),
    )
    expect(await page.evaluate('window.injected')).toBeUndefined()
  })
  it('has the menu that the stand-in saw', async () => {
    const labels = await app!.evaluate(({ Menu }) => Menu.getApplicationMenu()!.items.map(({ label }) => label))
    expect(labels).toHaveLength(6)
  })
  it('has SQLite with FTS5, which the history is going to need', async () => {
    const made = await app!.evaluate(() => {
      const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
      return new DatabaseSync(':memory:').exec('create virtual table t using fts5(a)') === undefined
    })
    expect(made).toBe(true)
  })
  it('proves with --smoke that it works', async () => {
    const child = spawn(binary!, [...flags, '.', '--smoke'], {
      env: environment(join(configFolder, 'smoke')), // two of them do not share a profile
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [code, out] = await Promise.all([
      new Promise((resolve) => {
        child.once('close', resolve)
      }),
      text(child.stdout),
    ])
    expect(out).toMatch(/Sockscope \S+: \d+ connections, window loaded/)
    expect(code).toBe(0)
  })
})

async function rowCount(page: Page): Promise<number> {
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
}

/** Settings and profile in a folder of the test's own, on every system. */
function environment(folder: string): Record<string, string> {
  return { ...(process.env as Record<string, string>), HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder }
}
