import { expect, it } from 'vitest'
import { migrateSettings } from '../../../src-main/settings/migrate-settings.ts'

it('takes stored fields through every step to the current version', () => {
  const steps = {
    1: (stored: Readonly<Record<string, unknown>>) => ({ intervalMs: Number(stored['seconds']) * 1000 }),
    2: (stored: Readonly<Record<string, unknown>>) => ({ ...stored, theme: 'dark' }),
  }
  expect(migrateSettings(1, { seconds: 2 }, steps, 3)).toEqual({ intervalMs: 2000, theme: 'dark' })
  expect(migrateSettings(2, { intervalMs: 500 }, steps, 3)).toEqual({ intervalMs: 500, theme: 'dark' })
  expect(migrateSettings(3, { intervalMs: 500 }, steps, 3)).toEqual({ intervalMs: 500 })
})

it('passes over a version that needs no step', () => {
  expect(migrateSettings(1, { theme: 'dark' }, {}, 5)).toEqual({ theme: 'dark' })
})
