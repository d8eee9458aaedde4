import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { vi } from 'vitest'
import { standin } from '../standin/electron.ts'

export interface StartedApp {
  readonly page: Page
  /** Holds the settings and the window's place. */
  readonly configFolder: string
  stop(): Promise<void>
}

/** Starts the app as Electron would, once per test file: its parts are modules. The build in out/ is what its windows load. */
export async function startApp(prepare: (configFolder: string) => void = () => {}): Promise<StartedApp> {
  const configFolder = mkdtempSync(join(tmpdir(), 'sockscope-shell-'))
  process.env['XDG_CONFIG_HOME'] = configFolder
  prepare(configFolder)
  await import('../../src-main/electron/index.ts')
  standin.becomeReady()
  await vi.waitUntil(() => standin.isOpen() && standin.window().isVisible(), { timeout: 20_000 })
  return {
    page: await standin.page(),
    configFolder,
    async stop() {
      if (standin.app.exitCode === undefined) standin.app.quit()
      await vi.waitUntil(() => standin.app.exitCode === 0)
      await standin.close()
      rmSync(configFolder, { recursive: true })
    },
  }
}

/** How many rows the table says it has. */
export async function rowCount(page: Page): Promise<number> {
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
}
