import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate, type MenuInput } from '../../src-main/electron/menu/menu-template.ts'
import { pageIds } from '../../src-renderer/stores/navigation.ts'
import { menuTexts } from '../../src-main/electron/menu/menu-texts.ts'

const calls: unknown[] = []
const input = (changes: Partial<MenuInput> = {}): MenuInput => ({
  platform: 'linux',
  texts: menuTexts('en', 'en-US'),
  settings: { theme: 'dark', language: 'system', alwaysOnTop: false },
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
const plain = (label: string | undefined): string | undefined => label?.replace(/\(&\w\)$/u, '').replace('&', '')
const find = (items: readonly Item[], label: string): Item => flat(items).find((item) => plain(item.label) === label)!
const click = (item: Item): void => (item.click as () => void)()
const labels = (platform: string, texts = menuTexts('en', 'en')): unknown[] =>
  menuTemplate(input({ platform, texts })).map(({ label }) => label)
const pause = (platform: string): Item => find(menuTemplate(input({ platform })), 'Pause or Resume')
const withKeys = (platform: string): Item[] => below(find(menuTemplate(input({ platform })), 'Go')).filter(({ accelerator }) => accelerator)
const roles = (developer: boolean): unknown[] => flat(menuTemplate(input({ developer }))).map(({ role }) => role)

describe('the application menu', () => {
  it('has the usual menus of each platform', () => {
    expect(labels('linux').map((label) => plain(label as string))).toEqual(['File', 'Edit', 'View', 'Go', 'Window', 'Help'])
    expect(labels('win32')).toEqual(labels('linux'))
    expect(labels('darwin')).toEqual(['Sockscope', 'Edit', 'View', 'Go', 'Window', 'Help'])
  })
  it('opens with Alt and the same letters in every language, but on macOS, which has no such letters', () => {
    expect(labels('win32')).toEqual(['&File', '&Edit', '&View', '&Go', '&Window', '&Help'])
    expect(labels('linux', menuTexts('zh-CN', 'en'))).toEqual(['文件(&F)', '编辑(&E)', '视图(&V)', '前往(&G)', '窗口(&W)', '帮助(&H)'])
  })
  it('ends the app by the word and the key of each platform', () => {
    const quits = ['linux', 'win32', 'darwin'].map((platform) =>
      flat(menuTemplate(input({ platform }))).find(({ role }) => role === 'quit')!,
    )
    expect(quits.map(({ label, accelerator }) => [label, accelerator])).toEqual([
      ['Quit', 'Control+Q'],
      ['Exit', undefined],
      ['Quit Sockscope', 'Command+Q'],
    ])
  })
  it.each([
    ['linux', 'Control+Shift+T'],
    ['win32', 'Control+Shift+T'],
    ['darwin', 'Option+Command+T'],
  ])('says on %s whether the window is always on top, and changes it', (platform, accelerator) => {
    const settings = { ...input().settings, alwaysOnTop: true }
    const item = find(menuTemplate(input({ platform, settings })), 'Always on Top')
    expect(item).toMatchObject({ type: 'checkbox', checked: true, accelerator })
    ;(item.click as (self: object) => void)({ checked: false })
    expect(calls.splice(0)).toEqual([{ alwaysOnTop: false }])
  })
  it('has the roles that edit menus are expected to have', () => {
    const edit = below(find(menuTemplate(input()), 'Edit')).flatMap(({ role }) => role ?? [])
    expect(edit).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'])
  })
  it('lets macOS have its own items in the menus of app and window', () => {
    const menus = menuTemplate(input({ platform: 'darwin' }))
    const rolesOf = (label: string): unknown[] => below(find(menus, label)).flatMap(({ role }) => role ?? [])
    expect(rolesOf('Sockscope')).toEqual(['services', 'hide', 'hideOthers', 'unhide', 'quit'])
    expect(rolesOf('Window')).toEqual(['close', 'minimize', 'zoom', 'front'])
    expect(find(menus, 'Settings…').accelerator).toBe('Command+,')
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
    const identical = labels('linux').filter((label, index) => label === labels('linux', chinese)[index])
    expect(identical).toEqual([])
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
