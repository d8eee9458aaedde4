import { expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const rows: RowInput[] = [
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 7, startToken: '1' } },
  { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: { name: 'firefox', pid: 9, startToken: '2' } },
  { protocol: 'udp', local: '0.0.0.0:53', owner: { name: 'dns', pid: 11, startToken: '3' } },
]
const key = async (
  name: string,
  options: KeyboardEventInit = {},
  target: EventTarget = document.activeElement ?? document.body,
): Promise<void> => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }))
  await settle()
}
async function opened({ locale = 'en', settings = {} }: { locale?: Locale; settings?: Partial<Settings> } = {}) {
  const host = createFakeHost(rows)
  host.settings = { ...host.settings, language: locale, ...settings }
  mountWithHost(host, App, { locale })
  await settle()
  return host
}
const box = (): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>('[role=combobox].palette-input')
  if (input === null) throw new Error('no palette')
  return input
}
const openPalette = (): Promise<void> => key('k', { ctrlKey: true })
const type = async (text: string): Promise<void> => {
  box().value = text
  box().dispatchEvent(new Event('input'))
  await settle()
}
const options = (): string[] => [...document.querySelectorAll('.palette .option .title')].map(({ textContent }) => textContent ?? '')
const dialogTitle = (): string => document.querySelector('[role=dialog] h2')?.textContent?.trim() ?? ''
const page = (): string => document.querySelector('nav [aria-current=page]')?.textContent?.trim() ?? ''
const selected = (): string => document.querySelector('.connection-body [aria-selected=true]')?.textContent ?? ''
const hint = (): string => document.querySelector('.tour strong')?.textContent ?? 'none'
const active = (): Element | null => document.getElementById(box().getAttribute('aria-activedescendant') ?? '')
const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=grid]') ?? document.body

test('the palette is a combobox over a list whose active option it names, and arrows go round', async () => {
  await opened()
  await openPalette()
  expect(document.getElementById(box().getAttribute('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox')
  expect([active()?.getAttribute('aria-selected'), active()?.querySelector('.title')?.textContent]).toEqual(['true', 'Go to Connections'])
  await key('ArrowUp', {}, box())
  expect(active()?.querySelector('.title')?.textContent).toBe(options().at(-1))
  await key('ArrowDown', {}, box())
  expect(active()?.querySelector('.title')?.textContent).toBe('Go to Connections')
})

test('a command runs when the palette is gone, and is first the next time', async () => {
  const host = await opened()
  grid().focus()
  await openPalette()
  await type('theme dark')
  await key('Enter', {}, box())
  expect(document.querySelector('.palette')).toBeNull()
  expect(document.activeElement).toBe(grid())
  expect([host.settings.theme, host.settings.recentCommands]).toEqual(['dark', ['setting.set-theme-dark']])
  await openPalette()
  expect(options()[0]).toBe('Theme: Dark')
})

test.each([
  ['en', '主题 深色', 'Theme: Dark'],
  ['zh-CN', 'theme dark', '主题：深色'],
  ['en', 'setting.set-theme-dark', 'Theme: Dark'],
] as const)('in %s a command is found by %s', async (locale, typed, found) => {
  await opened({ locale })
  await openPalette()
  await type(typed)
  expect(options()[0]).toBe(found)
})

test('states are named in the chosen dialect and found by it', async () => {
  await opened({ settings: { stateDialect: 'ss' } })
  await openPalette()
  await type('only estab')
  expect(options()[0]).toBe('Only state ESTAB')
})

test('a command that is not available says why and does not run', async () => {
  await opened()
  await openPalette()
  await type('end process')
  const option = document.querySelector('.palette .option')
  expect([option?.getAttribute('aria-disabled'), option?.querySelector('.refusal')?.textContent]).toEqual(['true', 'Select a row first.'])
  await key('Enter', {}, box())
  expect(document.querySelector('.palette')).not.toBeNull()
})

test('what is no command can be searched for in the table', async () => {
  await opened()
  await openPalette()
  await type('firefox')
  expect(options()).toEqual(['Search connections for firefox'])
  await key('Enter', {}, box())
  expect(document.querySelector('.status .shown')?.textContent).toBe('1 of 3 shown')
})

test('the question mark lists every key of the commands, and none is taken twice', async () => {
  await opened()
  await key('?', { shiftKey: true })
  expect(dialogTitle()).toBe('Keyboard shortcuts')
  const keys = [...document.querySelectorAll('[role=dialog] kbd')].map(({ textContent }) => textContent ?? '')
  expect(keys).toEqual(expect.arrayContaining(['Ctrl+K', '/', 'Space', 'F5', 'F1', 'Del', 'Shift+Del', 'Esc', '?', 'Enter']))
  // Those of the column titles mean something else among the rows.
  const sections = [...document.querySelectorAll('[role=dialog] section')].map((section) => {
    const own = [...section.querySelectorAll('kbd')].map(({ textContent }) => textContent ?? '')
    return { title: section.querySelector('h3')?.textContent ?? '', own }
  })
  const everywhere = sections.filter(({ title }) => !/^(In the table|At a column title)$/u.test(title)).flatMap(({ own }) => own)
  expect(everywhere.filter((each, index) => everywhere.indexOf(each) !== index)).toEqual([])
  const titles = sections.find(({ title }) => title === 'At a column title')
  expect(titles?.own).toEqual(expect.arrayContaining(['Alt+←', 'Alt+→', 'Ctrl+Shift+←', 'Alt+Enter', 'Alt+↓']))
})

test('a key of a page opens it, and not while someone types', async () => {
  await opened()
  const search = document.querySelector<HTMLInputElement>('.search input') ?? document.body
  await key('/', { code: 'Digit7', altKey: true, shiftKey: true }, search)
  expect(page()).toBe('Connections')
  await key('/', { code: 'Digit7', altKey: true, shiftKey: true })
  expect(page()).toBe('Reference')
})

test('letters in the table jump to the process that begins so, and Escape ends only the typing', async () => {
  // Rows are painted only where there is room for them.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  const host = await opened()
  grid().focus()
  await key('f', {}, grid())
  await vi.waitFor(() => expect(selected()).toContain('firefox'))
  await key('z', {}, grid())
  expect(document.querySelector('.type-ahead')?.textContent).toContain('No process begins so.')
  await key('Escape', {}, grid())
  expect([document.querySelector('.type-ahead'), selected().includes('firefox')]).toEqual([null, true])
  await key('n', {}, grid())
  await vi.waitFor(() => expect(selected()).toContain('nginx'))
  host.clock.advance(1000)
  await settle()
  expect(document.querySelector('.type-ahead')).toBeNull()
})

test('the settings are searched by name, value and help in both languages, and folded thresholds open', async () => {
  await opened()
  await key(',', { ctrlKey: true })
  const search = document.querySelector<HTMLInputElement>('[role=dialog] input[type=search]')
  const find = async (text: string): Promise<string[]> => {
    if (search === null) throw new Error('no search box')
    search.value = text
    search.dispatchEvent(new Event('input'))
    await settle()
    const all = document.querySelectorAll<HTMLElement>('[role=dialog] .setting-row > .name, [role=dialog] .threshold .name')
    return [...all].filter((each) => each.closest('[style*="display: none"]') === null).map(({ textContent }) => textContent?.trim() ?? '')
  }
  expect(await find('dark')).toEqual(['Theme'])
  expect(await find('主题')).toEqual(['Theme'])
  expect((await find('retransmi')).length).toBeGreaterThan(0)
  expect(document.querySelector('[role=dialog] details')?.hasAttribute('open')).toBe(true)
  expect(await find('zzzz')).toEqual([])
  expect(document.querySelector('[role=dialog] .none')?.textContent).toContain('zzzz')
})

test('the box about Sockscope tells versions and copies them', async () => {
  const host = await opened()
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => {})
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  await openPalette()
  await type('about')
  await key('Enter', {}, box())
  expect(dialogTitle()).toBe('About Sockscope')
  byText('[role=dialog] button', 'Copy versions')?.click()
  await settle()
  expect(writeText).toHaveBeenCalledWith(expect.stringMatching(/^Sockscope\nVersion: 0\.1\.0\n/u))
  expect(host.callsOf('getHost').length).toBeGreaterThan(0)
})

test('the hints show once, never in the way of keys, end for good, and can be had again', async () => {
  const host = await opened({ settings: { tourDone: false } })
  expect(hint()).toBe('Search for anything')
  expect(document.querySelector('.search')?.classList.contains('tour-target')).toBe(true)
  await key(' ', {}, document.body)
  expect(document.querySelector('.status .mode')?.textContent).toContain('Paused')
  byText('.tour button', 'Next')?.click()
  await settle()
  byText('.tour button', 'Next')?.click()
  await settle()
  expect(document.querySelector('.tour .text')?.textContent).toContain('Ctrl+K')
  byText('.tour button', 'Done')?.click()
  await settle()
  expect([hint(), host.settings.tourDone, document.querySelector('.tour-target')]).toEqual(['none', true, null])
  await openPalette()
  await type('first hints')
  await key('Enter', {}, box())
  expect(hint()).toBe('Search for anything')
})
