import { afterEach, expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import type { WatchRule } from '../../../src-shared/model/watch-rule.ts'
import { RowWatch } from '../../../src-renderer/view/watch/row-watch.ts'
import type { DeltaInput, RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const server: RowInput = { id: 1, local: '127.0.0.1:80', owner: { name: 'nginx', pid: 7, startToken: '1' } }
const newcomer: RowInput = { id: 2, local: '127.0.0.1:8080', owner: { name: 'shop', pid: 8, startToken: '2' } }
const rule: WatchRule = {
  id: 'r1',
  name: 'New shop',
  query: 'process:shop',
  kind: 'listener',
  count: 0,
  coolDownMs: 0,
  enabled: true,
  sound: false,
}
const visit = (id: number): RowInput => ({ id, local: `127.0.0.1:${4000 + id}`, remote: '203.0.113.9:443' })
afterEach(() => vi.unstubAllGlobals())

async function opened(settings: Partial<Settings> = {}, { services = false } = {}) {
  const host = createFakeHost([server])
  if (services) host.answers.getServiceNames = async () => succeed({ both: {}, tcp: { 443: 'https' }, udp: {} })
  host.settings = { ...host.settings, ...settings }
  mountWithHost(host, App)
  await settle()
  /** One look of the engine; table and rules, which both have the first set, get the same one. */
  const look = async (input: DeltaInput): Promise<void> => {
    const set = host.builder.delta({ since: 1, takenAt: host.clock.now(), ...input })
    host.answers.getChanges = async () => succeed(set)
    host.emit('looked', host.status())
    await settle()
  }
  return { host, look }
}
const press = async (element: Element | null | undefined): Promise<void> => {
  if (!(element instanceof HTMLElement)) throw new Error('nothing to press')
  element.click()
  await settle()
}
const bell = (): HTMLElement | null => document.querySelector<HTMLElement>('.quick-tools .button')
const unread = (): string => document.querySelector('.quick-tools .unread')?.textContent ?? 'none'
const toasts = (): string => document.querySelector('.toasts')?.textContent ?? ''
const dialog = (): string => document.querySelector('[role=dialog]')?.textContent?.replaceAll(/\s+/gu, ' ') ?? ''
const field = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll<HTMLLabelElement>('[role=dialog] label')].find((each) => each.textContent?.trim() === label)
  const input = document.getElementById(found?.htmlFor ?? '')
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`)
  return input
}
const fill = async (input: HTMLInputElement, value: string): Promise<void> => {
  input.value = value
  input.dispatchEvent(new Event('input'))
  await settle()
}

test('without rules the engine is asked for the rows of the table only', async () => {
  const { host, look } = await opened()
  const before = host.callsOf('getChanges').length
  await look({})
  expect(host.callsOf('getChanges').length - before).toBeLessThanOrEqual(1)
})

test('a rule tells in the page, counts at the bell, and the log leads to the row', async () => {
  // Rows are painted only where there is room for them.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  const { look } = await opened({ watchRules: [rule] })
  expect([unread(), toasts()]).toEqual(['none', ''])
  await look({ added: [newcomer] })
  expect(unread()).toBe('1')
  expect(toasts()).toContain('New shop: 1 new listener: shop[8] TCP 127.0.0.1:8080 LISTEN')
  await press(bell())
  expect(dialog()).toContain('New shop 1 new listener')
  expect(unread()).toBe('none')
  await press(byText('[role=dialog] .rows button', 'shop[8] TCP 127.0.0.1:8080 LISTEN'))
  expect(document.querySelector('[role=dialog]')).toBeNull()
  expect(document.querySelector<HTMLInputElement>('.search input')?.value).toBe('is:listening process:shop')
  await vi.waitFor(() => expect(document.querySelector('.connection-body [aria-selected=true]')?.textContent).toContain('shop'))
})

test('two rules that tell of one look are both heard', async () => {
  const { look } = await opened({ watchRules: [rule, { ...rule, id: 'r2', name: 'Any new', query: '' }] })
  await look({ added: [newcomer] })
  expect(toasts()).toContain('New shop: 1 new listener')
  expect(toasts()).toContain('Any new: 1 new listener')
})

test('rules go on while the table is frozen', async () => {
  const { look } = await opened({ watchRules: [rule] })
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true }))
  await settle()
  await look({ added: [newcomer] })
  expect([unread(), document.querySelector('.status .mode')?.textContent]).toEqual(['1', 'Paused'])
})

test('a setting that is none of the rules does not make them forget what they know', async () => {
  const remote: WatchRule = { ...rule, name: 'New peer', query: '', kind: 'remote' }
  const { host, look } = await opened({ watchRules: [remote] }, { services: true })
  const next = (delta: DeltaInput): Promise<void> => look({ since: host.builder.sequence, ...delta })
  await next({ added: [visit(2)] })
  await next({ removed: [2] })
  expect(unread()).toBe('1')
  host.emit('settingsChanged', structuredClone({ ...host.settings, theme: 'dark' as const }))
  await settle()
  await next({ added: [visit(3)] })
  expect(unread()).toBe('1')
})

test('names of ports that come again after a lost connection are the same to rules', async () => {
  const { host } = await opened({ watchRules: [rule] }, { services: true })
  const set = vi.spyOn(RowWatch.prototype, 'setRules')
  host.goAway()
  await settle()
  host.comeBack()
  host.clock.advance(60_000)
  await settle()
  expect(host.callsOf('getServiceNames').length).toBe(2)
  const before = set.mock.calls.map(([, { serviceName }]) => serviceName)
  host.emit('settingsChanged', structuredClone({ ...host.settings, watchRules: [{ ...rule, name: 'Other' }] }))
  await settle()
  const after = set.mock.calls.at(-1)?.[1].serviceName
  expect(after?.(443, 'tcp')).toBe('https')
  expect(before.every((each) => each === after)).toBe(true)
})

test('in the quiet hours an alarm goes to the log alone', async () => {
  const allDay = { desktop: true, quiet: true, quietFromMinute: 0, quietToMinute: 0 }
  const shown = vi.fn<() => void>()
  vi.stubGlobal('Notification', Object.assign(shown, { permission: 'granted' }))
  const { look } = await opened({ watchRules: [rule], watchTelling: allDay })
  await look({ added: [newcomer] })
  expect([unread(), toasts(), shown.mock.calls.length]).toEqual(['1', '', 0])
})

test('the desktop is told where it permits and the person wants it; a click leads to the row', async () => {
  const listeners: (() => void)[] = []
  const made: unknown[][] = []
  class Notice {
    static readonly permission = 'granted'
    constructor(...words: unknown[]) {
      made.push(words)
    }
    addEventListener(_name: string, listener: () => void): void {
      listeners.push(listener)
    }
    close(): void {
      made.push(['closed'])
    }
  }
  vi.stubGlobal('Notification', Notice)
  const { look } = await opened({ watchRules: [rule], watchTelling: { desktop: true, quiet: false, quietFromMinute: 0, quietToMinute: 0 } })
  await look({ added: [newcomer] })
  expect(made).toEqual([
    ['Sockscope: New shop', { body: '1 new listener: shop[8] TCP 127.0.0.1:8080 LISTEN', tag: 'sockscope-r1', silent: true }],
  ])
  listeners[0]?.()
  await settle()
  expect(made.at(-1)).toEqual(['closed'])
  expect(document.querySelector<HTMLInputElement>('.search input')?.value).toBe('is:listening process:shop')
})

test('permission is asked for on the click alone, and a refusal is explained', async () => {
  const requestPermission = vi.fn<() => Promise<string>>(async () => 'denied')
  vi.stubGlobal('Notification', Object.assign(vi.fn<() => void>(), { permission: 'default', requestPermission }))
  const { host } = await opened()
  await press(bell())
  expect(requestPermission).not.toHaveBeenCalled()
  await press(document.querySelector('[role=dialog] .telling input[type=checkbox]'))
  expect(requestPermission).toHaveBeenCalledTimes(1)
  expect([dialog().includes('Notifications are blocked'), host.settings.watchTelling.desktop]).toEqual([true, false])
})

test('a rule is written beside what it would match, saved once, switched off and thrown away', async () => {
  const { host } = await opened()
  await press(bell())
  await press(byText('[role=dialog] button', 'Add a rule'))
  await fill(field('Search'), 'process:nginx')
  expect(dialog()).toContain('It would match 1 row now.')
  await fill(field('Search'), 'prot:tcp')
  expect(dialog()).toContain('There is no search key prot.')
  await press(byText('[role=dialog] button', 'Save rule'))
  expect(host.settings.watchRules).toEqual([])
  await fill(field('Search'), 'age:>1m')
  expect(dialog()).toContain('A rule cannot ask for age')
  await fill(field('Search'), 'process:nginx')
  await press(byText('[role=dialog] button', 'Save rule'))
  expect(host.settings.watchRules.map(({ name, query, kind, enabled, sound }) => ({ name, query, kind, enabled, sound }))).toEqual([
    { name: 'process:nginx', query: 'process:nginx', kind: 'row', enabled: true, sound: false },
  ])
  await press(document.querySelector('[role=dialog] .rule input'))
  expect(host.settings.watchRules.map(({ enabled }) => enabled)).toEqual([false])
  await press(document.querySelector('[role=dialog] [aria-label="Delete process:nginx"]'))
  expect(host.settings.watchRules).toEqual([])
})

test('the search box offers a rule of what is searched for, by a button that is always there', async () => {
  await opened()
  const button = document.querySelector('[aria-label="Tell me when…"]')
  expect(button?.getAttribute('aria-disabled')).toBe('true')
  await press(button)
  expect(document.querySelector('[role=dialog]')).toBe(null)
  const search = document.querySelector<HTMLInputElement>('.search input')
  await fill(search ?? document.createElement('input'), 'process:nginx')
  expect(document.querySelector('[aria-label="Tell me when…"]')).toBe(button)
  await press(button)
  expect(field('Search').value).toBe('process:nginx')
})

test('a rule about a country tells when the country of a new row becomes known', async () => {
  const { host, look } = await opened({ watchRules: [{ ...rule, name: 'Swedes', query: 'country:SE', kind: 'row' }] })
  host.answers.getNames = async ({ addresses }) => succeed({ names: addresses.map((address) => ({ address, country: 'SE' })) })
  await look({ added: [{ id: 3, local: '10.0.0.1:5000', remote: '192.0.2.7:443' }] })
  expect(unread()).toBe('none')
  host.clock.advance(120)
  await settle()
  expect(host.callsOf('getNames')).toEqual([{ addresses: ['192.0.2.7'] }])
  await look({})
  expect([unread(), toasts()]).toEqual(['1', expect.stringContaining('Swedes: 1 new row: TCP 10.0.0.1:5000 → 192.0.2.7:443')])
})

test('a rule about names that are off can be kept, asks nobody, and says how to switch them on', async () => {
  const { host, look } = await opened({ watchRules: [{ ...rule, name: 'Hosts', query: 'host:example.com', kind: 'row' }] })
  host.answers.getNameSources = async () => succeed({ folder: '/networks', files: [] })
  await look({ added: [{ id: 3, local: '10.0.0.1:5000', remote: '192.0.2.7:443' }] })
  host.clock.advance(120)
  await settle()
  expect(host.callsOf('getNames')).toEqual([])
  await press(bell())
  expect(dialog()).toContain('Host names are not looked up, so this rule rests.')
  await press(byText('[role=dialog] button', 'Add a rule'))
  await fill(field('Search'), 'asn:64496')
  expect(dialog()).toContain('There is no data on networks, so this rule rests.')
  await press(byText('[role=dialog] button', 'Save rule'))
  expect(host.settings.watchRules.map(({ query }) => query)).toEqual(['host:example.com', 'asn:64496'])
})
