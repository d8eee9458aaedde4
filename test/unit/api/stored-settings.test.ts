import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readStoredSettings } from '../../../src-main/api/stored-settings.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'

let config: string
let folder: string
let file: string
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'sockscope-stored-'))
  folder = join(config, 'sockscope')
  file = join(folder, 'settings.json')
})
afterEach(() => rmSync(config, { recursive: true, force: true }))

const read = () => readStoredSettings('linux', { XDG_CONFIG_HOME: config })
const save = (text: string): void => {
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(file, text)
}

it('reads what the window keeps', () => {
  save('{"version":1,"settings":{"thresholds":{"close-wait-age":5000}}}')
  expect(read()).toEqual({ file, settings: { ...defaultSettings, thresholds: { 'close-wait-age': 5000 } } })
})

it('has defaults where nothing is kept, and makes no folder', () => {
  expect(read()).toEqual({ file, settings: defaultSettings })
  expect(readdirSync(config)).toEqual([])
})

it('tells of damage, uses what is good, and leaves the file as it is', () => {
  const text = '{"version":1,"settings":{"intervalMs":2000,"thresholds":{"close-wait-age":-1}}}'
  save(text)
  expect(read()).toEqual({ file, settings: { ...defaultSettings, intervalMs: 2000 }, damage: 'no possible value for thresholds' })
  expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['settings.json'], text])
})
