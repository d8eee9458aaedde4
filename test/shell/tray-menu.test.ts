import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTexts } from '../../src-main/electron/menu/menu-texts.ts'
import { trayMenu, type TrayMenuActions, type TrayMenuInput } from '../../src-main/electron/menu/tray-menu.ts'
import { trayTexts } from '../../src-main/electron/menu/tray-texts.ts'
import type { Overview } from '../../src-shared/contract/overview.ts'

const calls: unknown[] = []
const actions: TrayMenuActions = {
  onToggleWindow: () => calls.push('toggle'),
  onCommand: (command) => calls.push(command),
  onSettings: (patch) => calls.push(patch),
  onQuit: () => calls.push('quit'),
}
const overview: Overview = { takenAt: 0, rows: 1234, established: 57, listening: 1, findings: { critical: 1, warning: 2, notice: 1 } }
const input = (changes: Partial<TrayMenuInput> = {}): TrayMenuInput => ({
  platform: 'linux',
  menuTexts: menuTexts('en', 'en'),
  trayTexts: trayTexts('en', 'en'),
  overview,
  windowVisible: true,
  alwaysOnTop: false,
  ...changes,
})
const items = (changes?: Partial<TrayMenuInput>): MenuItemConstructorOptions[] => trayMenu(input(changes), actions)
const visible = (changes?: Partial<TrayMenuInput>): unknown[] =>
  items(changes).flatMap((item) => (item.visible === false || item.type === 'separator' ? [] : item.label))
const kinds = (changes?: Partial<TrayMenuInput>): unknown[] => items(changes).map(({ type, submenu }) => type ?? typeof submenu)

describe('the menu of the tray icon', () => {
  it('says what there is, what was found, and what can be done', () => {
    expect(visible()).toEqual([
      'Hide Sockscope',
      '1,234 sockets',
      '57 established',
      '1 listening',
      'Diagnosis: 1 critical, 2 warnings, 1 notice',
      'Go',
      'Pause or Resume',
      'Always on Top',
      'Settings…',
      'Quit',
    ])
  })
  it('shows the window when that is out of sight', () => expect(visible({ windowVisible: false })[0]).toBe('Show Sockscope'))
  it('claims no figures while there are none', () => {
    expect(visible({ overview: undefined }).slice(1, 3)).toEqual(['No current figures', 'Go'])
  })
  it('says when nothing is wrong, and counts one of a kind as one', () => {
    const calm = { ...overview, rows: 1, findings: { critical: 0, warning: 0, notice: 0 } }
    expect(visible({ overview: calm })).toEqual(expect.arrayContaining(['1 socket', 'Diagnosis: nothing is wrong']))
  })
  it('leads from figures to the pages that list what they count', () => {
    for (const item of items().slice(3, 7)) (item.click as () => void)()
    expect(calls.splice(0)).toEqual(['page-connections', 'page-connections', 'page-listening', 'page-diagnosis'])
  })
  it('passes on what is chosen', () => {
    for (const item of items().filter(({ label }) =>
      ['Hide Sockscope', 'Pause or Resume', 'Always on Top', 'Settings…', 'Quit'].includes(label ?? ''),
    ))
      (item.click as (self: object) => void)({ checked: true })
    expect(calls.splice(0)).toEqual(['toggle', 'toggle-pause', { alwaysOnTop: true }, 'open-settings', 'quit'])
  })
  it('keeps its length and order whatever it says, so that an open menu can be changed', () => {
    expect(kinds({ overview: undefined, windowVisible: false, alwaysOnTop: true })).toEqual(kinds())
  })
  it.each([
    ['win32', 'Exit'],
    ['darwin', 'Quit Sockscope'],
  ])('ends by the word of %s', (platform, word) => expect(visible({ platform }).at(-1)).toBe(word))
  it('speaks Chinese throughout', () => {
    const texts = visible({ menuTexts: menuTexts('system', 'zh-Hans-CN'), trayTexts: trayTexts('system', 'zh-Hans-CN') })
    expect(texts.slice(0, 5)).toEqual(['隐藏 Sockscope', '1,234 个套接字', '57 个已建立', '1 个监听', '诊断：1 项严重，2 项警告，1 项提示'])
    expect(texts.filter((text) => !/\p{Script=Han}/u.test(String(text)))).toEqual([])
  })
})

describe('the tool tip of the tray icon', () => {
  it.each(['en', 'zh-CN'] as const)('has all counts in %s and fits what Windows shows', (language) => {
    const most = 999_999
    const findings = { critical: 99, warning: 99, notice: 99 }
    const text = trayTexts(language, 'en').toolTip({ takenAt: 0, rows: most, established: most, listening: most, findings })
    expect(text.match(/999,999/gu)).toHaveLength(3)
    expect(text.match(/(?<!\d|,)99 /gu)).toHaveLength(3)
    expect(text.length).toBeLessThan(128) // NOTIFYICONDATA.szTip
  })
})
