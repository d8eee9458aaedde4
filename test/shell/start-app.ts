import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import { printSettings } from '../../src-main/settings/settings-format.ts'
import { defaultSettings, type Settings } from '../../src-shared/model/settings.ts'
import { standin } from '../standin/electron.ts'

export interface StartedApp {
  readonly page: Page
  /** Holds the settings and the window's place. */
  readonly configFolder: string
  /** Adds or takes away what shows tray icons. */
  readonly trayHost: (hasTray: boolean) => void
  stop(): Promise<void>
}

export interface StartOptions {
  readonly settings?: Partial<Settings>
  /** What Electron would pass on, behind program and folder. */
  readonly args?: readonly string[]
  /** Whether the desktop says that it shows tray icons. */
  readonly hasTrayHost?: boolean
  /** Files of the run before. */
  readonly prepare?: (configFolder: string) => void
}

/** Starts the app as Electron would, once per test file: its parts are modules. The build in out/ is what its windows load. */
export async function startApp({ settings, args = [], hasTrayHost = false, prepare }: StartOptions = {}): Promise<StartedApp> {
  const configFolder = mkdtempSync(join(tmpdir(), 'sockscope-shell-'))
  process.env['XDG_CONFIG_HOME'] = configFolder
  process.argv.push(...args)
  const trayHost = pretendTrayHost(configFolder, hasTrayHost)
  if (settings !== undefined) keepSettings(configFolder, settings)
  prepare?.(configFolder)
  await import('../../src-main/electron/index.ts')
  standin.becomeReady()
  await vi.waitUntil(() => standin.isOpen() && standin.window().opened, { timeout: 20_000 })
  return {
    page: await standin.page(),
    configFolder,
    trayHost,
    async stop() {
      if (standin.app.exitCode === undefined) standin.app.quit()
      await vi.waitUntil(() => standin.app.exitCode === 0)
      await standin.close()
      rmSync(configFolder, { recursive: true })
    },
  }
}

function keepSettings(configFolder: string, settings: Partial<Settings>): void {
  mkdirSync(join(configFolder, 'sockscope'), { recursive: true, mode: 0o700 })
  writeFileSync(join(configFolder, 'sockscope/settings.json'), printSettings({ ...defaultSettings, ...settings }), { mode: 0o600 })
}

/** A session bus that says whether a tray is there: what asks it, in front of the real one. Returns what changes its mind. */
function pretendTrayHost(folder: string, hasTray: boolean): (hasTray: boolean) => void {
  const file = join(folder, 'busctl')
  const say = (answer: boolean): void => writeFileSync(file, `#!/bin/sh\necho "b ${answer}"\n`)
  say(hasTray)
  chmodSync(file, 0o755)
  process.env['PATH'] = `${folder}${delimiter}${process.env['PATH'] ?? ''}`
  return say
}

/** How many rows the table says it has. */
export async function rowCount(page: Page): Promise<number> {
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
}
