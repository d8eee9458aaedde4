/** `--smoke`: proves that a packaged app works, without a person: window, engine and a change set, then it ends. */
import type { BrowserWindow } from 'electron'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from '../../src-shared/contract/api.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'

const smokeLimitMs = 30_000
const attemptDelayMs = 200

/** The line to print. Fails when the page or the engine did not come up in time. */
export async function smokeRun(api: Api, window: BrowserWindow): Promise<Result<string>> {
  const loaded = new Promise<boolean>((resolve) => {
    window.webContents.once('did-finish-load', () => resolve(true))
    window.webContents.once('did-fail-load', () => resolve(false))
  })
  const signal = AbortSignal.timeout(smokeLimitMs)
  const rows = await firstRows(api, signal)
  if (!rows.ok) return rows
  const shown = await Promise.race([loaded, delay(smokeLimitMs, false, { ref: false })])
  return shown ? succeed(`${rows.value} connections, window loaded`) : fail('internal', 'The page did not load.')
}

async function firstRows(api: Api, signal: AbortSignal): Promise<Result<number>> {
  for (;;) {
    const changes = await api.call('getChanges', { sequence: 0 })
    if (changes.ok) return succeed(changes.value.header.added)
    if (signal.aborted) return changes
    await delay(attemptDelayMs)
  }
}
