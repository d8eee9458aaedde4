/** A disk that refuses at the wrong moment. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSettingsStore } from '../../../src-main/settings/settings-store.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'

const faults = vi.hoisted(() => ({ rename: undefined as string | undefined, read: undefined as string | undefined }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return {
    ...real,
    renameSync: (from: string, to: string): void => {
      if (faults.rename !== undefined && to.includes('damaged')) throw Object.assign(new Error(), { code: faults.rename })
      real.renameSync(from, to)
    },
    readSync: (...asked: Parameters<typeof real.readSync>): number => {
      if (faults.read !== undefined) throw Object.assign(new Error(), { code: faults.read })
      return real.readSync(...asked)
    },
  }
})

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-faults-'))
  file = join(folder, 'settings.json')
})
afterEach(() => {
  faults.rename = undefined
  faults.read = undefined
  rmSync(folder, { recursive: true })
})
const stored = (): unknown => JSON.parse(readFileSync(file, 'utf8'))

it('nothing is written over a damaged file that cannot be set aside, until it can', () => {
  writeFileSync(file, '{"version": 1, "settings": {"theme": "pink", "intervalMs": 2000}}')
  faults.rename = 'EPERM'
  const store = createSettingsStore({ file })
  expect(store.change({ language: 'en' })).toMatchObject({ intervalMs: 2000, language: 'en' })
  expect(store.problems()).toMatchObject([
    { code: 'settings-damaged' },
    { code: 'settings-unwritable', parameters: { reason: expect.stringContaining('EPERM') as string } },
  ])
  expect(stored()).toEqual({ version: 1, settings: { theme: 'pink', intervalMs: 2000 } })
  faults.rename = undefined
  store.change({ highlightMs: 5 })
  expect(store.problems().map(({ code }) => code)).toEqual(['settings-damaged'])
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1)
  expect(stored()).toMatchObject({ settings: { intervalMs: 2000, language: 'en', highlightMs: 5 } })
})

it('a good file on a disk that fails for a moment is neither moved nor written, and taken up later with what was changed since', () => {
  writeFileSync(file, '{"version": 1, "settings": {"theme": "dark"}}')
  faults.read = 'EIO'
  const store = createSettingsStore({ file })
  expect(store.get()).toEqual(defaultSettings)
  store.change({ intervalMs: 2000 })
  expect(store.problems()).toEqual([{ code: 'settings-unwritable', severity: 'warning', parameters: { file, reason: 'EIO' } }])
  faults.read = undefined
  expect([readdirSync(folder), stored()]).toEqual([['settings.json'], { version: 1, settings: { theme: 'dark' } }])
  expect(store.change({ language: 'en' })).toMatchObject({ theme: 'dark', intervalMs: 2000, language: 'en' })
  expect([store.problems(), stored()]).toMatchObject([[], { settings: { theme: 'dark', intervalMs: 2000, language: 'en' } }])
})
