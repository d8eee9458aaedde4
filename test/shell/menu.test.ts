import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate, type MenuInput } from '../../src-main/electron/menu/menu-template.ts'
import { pageIds } from '../../src-renderer/stores/navigation.ts'
import { menuTexts } from '../../src-main/electron/menu/menu-texts.ts'

const calls: unknown[] = []
const input = (changes: Partial<MenuInput> = {}): MenuInput => ({
  platform: 'linux',
  texts: menuTexts('en', 'en-US'),
  settings: { theme: 'dark', language: 'system' },
  developer: false,
  onCommand: (command) => calls.push(command),
  onSettings: (patch) => calls.push(patch),
  onTcpStates: () => calls.push('tcp states'),
  onAbout: () => calls.push('about'),
  ...changes,
})

type Item = MenuItemConstructorOptions
const below = (item: Item): Item[] => (Array.isArray(item.submenu) ? item.submenu : [])
const flat = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...flat(below(item))])
const find = (items: readonly Item[], label: string): Item => flat(items).find((item) => item.label === label)!
const click = (item: Item): void => (item.click as () => void)()
const labels = (platform: string): unknown[] => menuTemplate(input({ platform })).map(({ label }) => label)
const pause = (platform: string): Item => find(menuTemplate(input({ platform })), 'Pause or Resume')
const withKeys = (platform: string): Item[] => below(find(menuTemplate(input({ platform })), 'Go')).filter(({ accelerator }) => accelerator)
const roles = (developer: boolean): unknown[] => flat(menuTemplate(input({ developer }))).map(({ role }) => role)

describe('the application menu', () => {
  it('has the usual menus of each platform', () => {
    expect(labels('linux')).toEqual(['File', 'Edit', 'View', 'Go', 'Window', 'Help'])
    expect(labels('win32')).toEqual(labels('linux'))
    expect(labels('darwin')).toEqual(['Sockscope', 'Edit', 'View', 'Go', 'Window', 'Help'])
  })
  it.each(['linux', 'win32', 'darwin'])('gives no key to two items on %s', (platform) => {
    const keys = flat(menuTemplate(input({ platform, developer: true }))).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys).toEqual([...new Set(keys)])
    expect(keys).toEqual(expect.arrayContaining(['F5', 'CommandOrControl+F']))
  })
  it('passes on what is chosen', () => {
    const menu = menuTemplate(input())
    for (const label of [
      'Refresh Now',
      'Pause or Resume',
      'Find',
      'Settings…',
      'Light',
      '简体中文',
      'TCP States (RFC 9293)',
      'About Sockscope',
    ])
      click(find(menu, label))
    expect(calls.splice(0)).toEqual([
      'refresh',
      'toggle-pause',
      'find',
      'open-settings',
      { theme: 'light' },
      { language: 'zh-CN' },
      'tcp states',
      'about',
    ])
  })
  it('leads to every page in the order of the tabs, to the palette, to watch rules and to the keys', () => {
    const menu = menuTemplate(input())
    const items = below(find(menu, 'Go')).filter(({ type }) => type !== 'separator')
    for (const item of [...items, find(menu, 'Keyboard Shortcuts')]) click(item)
    expect(calls.splice(0)).toEqual([...pageIds.map((page) => `page-${page}`), 'help.palette', 'watch-rule.list', 'help.shortcuts'])
  })
  it('shows the keys of pages and palette without taking them from the page', () => {
    expect(withKeys('linux').map(({ accelerator }) => accelerator)).toEqual([
      ...pageIds.map((_, index) => `Control+${index + 1}`),
      'Control+K',
    ])
    expect(withKeys('win32').every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
    expect(withKeys('darwin')).toEqual([])
  })
  it('marks the settings in force', () => {
    const marked = flat(menuTemplate(input())).filter(({ checked }) => checked === true)
    expect(marked.map(({ label }) => label)).toEqual(['Dark', 'Same as System'])
  })
  it('shows Space beside pausing without taking it from the page', () => {
    expect(pause('linux')).toMatchObject({ accelerator: 'Space', registerAccelerator: false })
    expect(pause('darwin')).not.toHaveProperty('accelerator')
  })
  it('keeps the tools of developers out of a packaged app', () => {
    expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
    expect(roles(false)).not.toEqual(expect.arrayContaining(['toggleDevTools']))
  })
  it("gives every item a text in both languages, never one of Electron's own", () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const items = flat(menuTemplate(input({ texts: menuTexts(language, 'en'), developer: true, platform: 'darwin' })))
      expect(items.filter((item) => item.type !== 'separator' && !item.label)).toEqual([])
    }
    const english = menuTexts('en', 'en')
    const chinese = menuTexts('zh-CN', 'en')
    expect(Object.keys(chinese)).toEqual(Object.keys(english))
    expect(Object.keys(english).filter((key) => english[key as keyof typeof english] === chinese[key as keyof typeof english])).toEqual([])
  })
  it.each([
    ['system', 'zh-Hans-CN', '文件'],
    ['system', 'zh', '文件'],
    ['system', 'de-DE', 'File'],
    ['en', 'zh-CN', 'File'],
    ['zh-CN', 'en-US', '文件'],
  ] as const)('with the setting %s on a %s system says %s', (language, locale, file) => {
    expect(menuTexts(language, locale).file).toBe(file)
  })
})
