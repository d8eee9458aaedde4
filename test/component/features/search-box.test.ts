import { expect, test } from 'vitest'
import { keepAfterMs } from '../../../src-renderer/composables/use-kept-filters.ts'
import App from '../../../src-renderer/App.vue'
import { defaultSettings, type Settings } from '../../../src-shared/model/settings.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const rows: RowInput[] = [
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 7, startToken: '1' } },
  { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: { name: 'firefox', pid: 9, startToken: '2' } },
  { protocol: 'udp', local: '0.0.0.0:53', owner: { name: 'dns', pid: 11, startToken: '3' } },
]
const text = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? ''
const box = (): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>('.search input[role=combobox]')
  if (input === null) throw new Error('no search box')
  return input
}
const key = async (name: string, options: KeyboardEventInit = {}, target: EventTarget = box()): Promise<boolean> => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options })
  target.dispatchEvent(event)
  await settle()
  return event.defaultPrevented
}
const type = async (value: string): Promise<void> => {
  box().focus()
  box().value = value
  box().setSelectionRange(value.length, value.length)
  box().dispatchEvent(new Event('input'))
  await settle()
}
const options = (): string[] => [...document.querySelectorAll('[role=option] .term')].map((element) => element.textContent ?? '')
const chips = (): string[] => [...document.querySelectorAll('.filter .what')].map((element) => element.textContent?.trim() ?? '')
const chip = (name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('.filter')].find((element) => element.textContent?.trim() === name)

async function opened(settings: Partial<Settings> = {}) {
  const host = createFakeHost(rows)
  host.settings = { ...defaultSettings, ...settings }
  const wrapper = mountWithHost(host, App)
  await settle()
  return { host, wrapper }
}

test('suggestions are a listbox of the box: arrows choose, Enter takes, and the values of a taken key follow at once', async () => {
  await opened()
  expect(box().getAttribute('aria-expanded')).toBe('false')
  await type('sta')
  expect([box().getAttribute('aria-expanded'), options()]).toEqual(['true', ['state:']])
  expect(document.getElementById(box().getAttribute('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox')
  expect(box().hasAttribute('aria-activedescendant')).toBe(false)
  await key('ArrowDown')
  const active = document.getElementById(box().getAttribute('aria-activedescendant') ?? '')
  expect([active?.getAttribute('aria-selected'), active?.textContent]).toEqual(['true', expect.stringContaining('state of the connection')])
  await key('Enter')
  expect([box().value, document.activeElement]).toEqual(['state:', box()])
  expect(options()).toContain('established')
  await type('state:lis')
  await key('Tab')
  expect([box().value, options(), text('.status .shown')]).toEqual(['state:listen', [], '1 of 3 shown'])
})

test('nothing that was typed is taken away: Enter searches for it, Tab goes on, Escape only closes the list', async () => {
  await opened()
  await type('fire')
  expect(options()).toEqual(['process:firefox'])
  expect(await key('Tab')).toBe(false)
  await key('Escape')
  expect([options(), box().value]).toEqual([[], 'fire'])
  await type('firef')
  await key('Enter')
  expect([box().value, document.activeElement?.getAttribute('role')]).toEqual(['firef', 'grid'])
})

test('a suggestion is taken by a click, and Ctrl+Space shows all keys', async () => {
  await opened()
  await key(' ', { ctrlKey: true })
  expect(options()).toContain('process:')
  await type('fire')
  document.querySelector<HTMLElement>('[role=option]')?.click()
  await settle()
  expect([box().value, text('.status .shown')]).toEqual(['process:firefox', '1 of 3 shown'])
})

test('the text in colours is the text of the box, and the mistake is marked and mended by one press', async () => {
  await opened()
  await type('process:firefox prot:tcp')
  expect(document.querySelector('.mirror')?.textContent).toBe('process:firefox prot:tcp')
  expect(text('.mirror mark')).toBe('prot')
  expect(box().getAttribute('aria-invalid')).toBe('true')
  byText('.search .error button', 'Did you mean proto?')?.click()
  await settle()
  expect([box().value, box().getAttribute('aria-invalid')]).toEqual(['process:firefox proto:tcp', 'false'])
})

test('everything that hides rows has a chip; a press or Delete takes it away and the keyboard stays among them', async () => {
  await opened()
  await type('-process:dns is:tcp,udp')
  byText('.toggles button', 'IPv6')?.click()
  document.querySelector<HTMLElement>('.legend .chip')?.click()
  await settle()
  expect(chips()).toEqual(['-process:dns', 'is:tcp,udp', 'IPv6 hidden', 'State LISTEN'])
  expect(text('[aria-label="Active filters"] .shown')).toBe('1 of 3 shown')
  chip('-process:dns')?.click()
  await settle()
  expect([box().value, document.activeElement?.textContent?.trim()]).toEqual(['is:tcp,udp', 'is:tcp,udp'])
  await key('Delete', {}, document.activeElement ?? document.body)
  expect(chips()).toEqual(['IPv6 hidden', 'State LISTEN'])
  await key('Backspace', {}, document.activeElement ?? document.body)
  await key('Delete', {}, document.activeElement ?? document.body)
  expect([chips(), document.activeElement?.getAttribute('role'), text('.status .shown')]).toEqual([[], 'grid', '3 of 3 shown'])
})

test('while the text is wrong the chips are those of the search in force, and clearing takes all of it', async () => {
  await opened()
  await type('firefox')
  await type('firefox port:')
  expect(chips()).toEqual(['firefox'])
  expect(text('[aria-label="Active filters"]')).toContain('the last good one is in force')
  byText('button', 'Clear all')?.click()
  await settle()
  expect([box().value, chips(), text('.status .shown')]).toEqual(['', [], '3 of 3 shown'])
})

test('what was searched for comes back in the empty box and can be removed', async () => {
  const { host } = await opened({ recentQueries: ['port:1', 'port:2', 'port:3'] })
  await type('state:listen')
  await key('Enter')
  expect(host.settings.recentQueries).toEqual(['state:listen', 'port:1', 'port:2', 'port:3'])
  await type('')
  await key('ArrowUp')
  expect(options()).toEqual(['state:listen', 'port:1', 'port:2', 'port:3'])
  await key('ArrowDown')
  await key('Delete')
  expect([options(), host.settings.recentQueries]).toEqual([
    ['state:listen', 'port:2', 'port:3'],
    ['state:listen', 'port:2', 'port:3'],
  ])
  await key('Enter')
  expect(box().value).toBe('port:2')
  await type('')
  box().click()
  await settle()
  document.querySelector<HTMLElement>('[role=option] .remove')?.click()
  await settle()
  expect(options().length).toBe(2)
})

test('wrong searches and empty ones are not remembered, and the list stays short', async () => {
  const many = Array.from({ length: 20 }, (_, index) => `port:${index + 1}`)
  const { host } = await opened({ recentQueries: many })
  await type('prot:1')
  await key('Enter')
  await type('  ')
  await key('Enter')
  expect(host.settings.recentQueries).toEqual(many)
  await type('port:99')
  await key('Enter')
  expect(host.settings.recentQueries).toEqual(['port:99', ...many.slice(0, 19)])
})

const kept: Settings['filters'] = { text: 'nginx', hidden: ['udp'], states: ['LISTEN', 'NONE'] }

test('filters are taken up again at the start and written down a moment after a change', async () => {
  const { host } = await opened({ filters: kept })
  expect([box().value, chips(), text('.status .shown')]).toEqual([
    'nginx',
    ['nginx', 'UDP hidden', 'State LISTEN', 'State No state'],
    '1 of 3 shown',
  ])
  await type('dns')
  host.clock.advance(keepAfterMs - 1)
  await settle()
  expect(host.settings.filters).toEqual(kept)
  host.clock.advance(1)
  await settle()
  expect(host.settings.filters).toEqual({ ...kept, text: 'dns' })
})

test('who wants a clean start gets one, and the last session stays on file', async () => {
  const { host } = await opened({ filters: kept, keepFilters: false })
  expect([box().value, chips()]).toEqual(['', []])
  await type('dns')
  host.clock.advance(keepAfterMs)
  await settle()
  expect(host.settings.filters).toEqual(kept)
})

test('a kept search that this version cannot read is told and dropped; the rest of the filters holds', async () => {
  const { host } = await opened({ filters: { ...kept, text: 'colour:red' } })
  expect([box().value, chips()]).toEqual(['', ['UDP hidden', 'State LISTEN', 'State No state']])
  expect(document.body.textContent).toContain('could not be read and was left out: colour:red')
  expect(host.settings.filters).toEqual({ ...kept, text: '' })
})

test('a value that suggestions would complete is not called wrong; closing them says what is', async () => {
  await opened()
  await type('state:wait')
  expect([options().length, box().getAttribute('aria-invalid'), text('.mirror mark')]).toEqual([4, 'false', ''])
  await key('Escape')
  expect([options().length, box().getAttribute('aria-invalid'), text('.mirror mark')]).toEqual([0, 'true', 'wait'])
})
