import { expect, it } from 'vitest'
import { settingsFile } from '../../../src-main/settings/settings-location.ts'

const home = '/home/ana'

it.each([
  ['linux', {}, '/home/ana/.config/sockscope/settings.json'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/sockscope/settings.json'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/ana/.config/sockscope/settings.json'],
  ['linux', { XDG_CONFIG_HOME: '' }, '/home/ana/.config/sockscope/settings.json'],
  ['freebsd', {}, '/home/ana/.config/sockscope/settings.json'],
  ['darwin', { XDG_CONFIG_HOME: '/cfg' }, '/home/ana/Library/Application Support/sockscope/settings.json'],
])('finds the file on %s with %o', (platform, env, expected) => {
  expect(settingsFile({ platform, env, homeFolder: home })).toBe(expected)
})

it.each([
  [{ APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' }, 'C:\\Users\\ana\\AppData\\Roaming\\sockscope\\settings.json'],
  [{}, 'C:\\Users\\ana\\AppData\\Roaming\\sockscope\\settings.json'],
])('finds the file on win32 with %o', (env, expected) => {
  expect(settingsFile({ platform: 'win32', env, homeFolder: 'C:\\Users\\ana' })).toBe(expected)
})
