import { expect, test, vi } from 'vitest'
import { keepAfterMs } from '../../../src-renderer/composables/use-kept-filters.ts'
import App from '../../../src-renderer/App.vue'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import { TableView } from '../../../src-renderer/view/table-view.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, usualHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const rows: RowInput[] = [
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 7, startToken: '1' } },
  { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: { name: 'firefox', pid: 9, startToken: '2' } },
  { protocol: 'udp', local: '0.0.0.0:53', owner: { name: 'dns', pid: 11, startToken: '3' } },
]
const text = (selector: string): string => document.querySelector(selector)?.textContent?.trim() ?? ''
const key = async (name: string, options: KeyboardEventInit = {}, target: EventTarget = document.body): Promise<void> => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }))
  await settle()
}
const search = (): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>('.search input')
  if (input === null) throw new Error('no search box')
  return input
}
const type = async (value: string): Promise<void> => {
  search().value = value
  search().dispatchEvent(new Event('input'))
  await settle()
}

const chip = (name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('.chip')].find((element) => element.querySelector('span')?.textContent === name)

async function opened(given: RowInput[] = rows, options?: { actionsAllowed: boolean }) {
  const host = createFakeHost(given, options)
  const wrapper = mountWithHost(host, App)
  await settle()
  return { host, wrapper }
}

test('the status bar counts what is shown and names the source', async () => {
  await opened()
  expect(text('.status .shown')).toBe('3 of 3 shown')
  expect(text('.status')).toContain('Source: netlink')
  expect(text('.status .mode')).toBe('Live')
})

test('a search narrows the table, and one that matches nothing offers to clear everything', async () => {
  await opened()
  await type('firefox')
  expect(text('.status .shown')).toBe('1 of 3 shown')
  await type('no-such-thing')
  expect(text('.area .empty')).toContain('3 connections are hidden')
  byText('button', 'Clear search and filters')?.click()
  await settle()
  expect([text('.status .shown'), search().value]).toEqual(['3 of 3 shown', ''])
})

test('typing a key does not empty the table, and Enter searches for the bare word', async () => {
  const { host } = await opened()
  await type('state')
  expect(text('.status .shown')).toBe('3 of 3 shown')
  await type('state:listen')
  expect(text('.status .shown')).toBe('1 of 3 shown')
  await type('process')
  await key('Enter', {}, search())
  expect(text('.status .shown')).toBe('0 of 3 shown')
  expect(host.clock.waiting()).toEqual([keepAfterMs])
})

test('a bad search shows what is wrong under the box, where, and keeps the rows of the last good one', async () => {
  await opened()
  await type('process:firefox')
  await type('process:firefox prot:tcp')
  expect(text('.error')).toContain('There is no search key prot.')
  expect(text('.error .fix')).toBe('Did you mean proto?')
  expect(text('.error .position')).toBe('At character 17')
  expect(text('.mirror mark')).toBe('prot')
  expect(text('.status .shown')).toBe('1 of 3 shown')
})

test('Space pauses and goes on, but not while someone types', async () => {
  const { host } = await opened()
  await key(' ', {}, search())
  expect(text('.status .mode')).toBe('Live')
  await key(' ')
  host.emit('looked', host.status())
  await settle()
  expect([text('.status .mode'), text('.status .waiting')]).toEqual(['Paused', '1 look is waiting'])
  await key(' ')
  expect(text('.status .mode')).toBe('Live')
})

test('F5 looks once, and the slash and Ctrl+F go to the search box', async () => {
  const { host } = await opened()
  await key('F5')
  expect(host.callsOf('refresh').length).toBe(1)
  await key('/')
  expect(document.activeElement).toBe(search())
  search().blur()
  await key('f', { ctrlKey: true })
  expect(document.activeElement).toBe(search())
})

test('Escape in the search box closes what it offers, then clears it, and then goes to the table', async () => {
  await opened()
  await type('firefox')
  search().focus()
  await key('Escape', {}, search())
  expect(search().value).toBe('firefox')
  await key('Escape', {}, search())
  expect([search().value, document.activeElement === search()]).toEqual(['', true])
  await key('Escape', {}, search())
  expect(document.activeElement?.getAttribute('role')).toBe('grid')
})

test('a chip of the legend shows one state, Ctrl adds another', async () => {
  await opened()
  expect(chip('LISTEN')?.textContent).toBe('LISTEN1')
  chip('LISTEN')?.click()
  await settle()
  expect(text('.status .shown')).toBe('1 of 3 shown')
  chip('No state')?.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }))
  await settle()
  expect(text('.status .shown')).toBe('2 of 3 shown')
})

const stopsIn = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(`${selector} button`)].filter((button) => button.tabIndex === 0)
/** Presses a key where the keyboard is and tells which button has it then. */
const arrow = async (name: string): Promise<string> => {
  await key(name, {}, document.activeElement ?? document.body)
  return document.activeElement?.textContent?.trim() ?? ''
}

test.each(['.toggles', '.legend'])('%s takes one stop of Tab and its buttons are reached by arrows', async (selector) => {
  await opened()
  const buttons = [...document.querySelectorAll<HTMLElement>(`${selector} button`)]
  const at = (index: number): string => buttons.at(index)?.textContent?.trim() ?? 'none'
  expect(stopsIn(selector)).toEqual([buttons[0]])
  buttons[0]?.focus()
  expect([await arrow('ArrowRight'), await arrow('ArrowRight'), await arrow('ArrowLeft')]).toEqual([at(1), at(2), at(1)])
  expect(stopsIn(selector)).toEqual([buttons[1]])
  expect([await arrow('End'), await arrow('ArrowRight'), await arrow('ArrowLeft'), await arrow('Home')]).toEqual([
    at(-1),
    at(0),
    at(-1),
    at(0),
  ])
  buttons[2]?.focus()
  await settle()
  expect(stopsIn(selector)).toEqual([buttons[2]])
})

test('the button that shows all states again hands the keyboard to the legend when it leaves', async () => {
  await opened()
  chip('LISTEN')?.click()
  await settle()
  const all = byText('button', 'All states')
  all?.focus()
  all?.click()
  await settle()
  expect(document.activeElement).toBe(document.querySelector('.chip'))
  expect(stopsIn('.legend')).toEqual([document.querySelector('.chip')])
})

test('from the search box to the table Tab stops fewer than twelve times', async () => {
  await opened()
  const stops = [...document.querySelectorAll<HTMLElement>('input, button, select, [tabindex]')].filter(
    (each) => each.tabIndex === 0 && each.closest('.panel') === null,
  )
  expect(stops.findIndex((each) => each.role === 'grid')).toBeLessThan(12)
})

/** Whether the key is left to the element that has the keyboard. */
const goesOn = (name: string): boolean =>
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })) ?? false

test('the interval belongs to the stop of the buttons before it, and right and left pass it without changing it', async () => {
  await opened()
  const refresh = document.querySelector<HTMLElement>('.toolbar [aria-label="Refresh"]')
  const interval = document.querySelector<HTMLSelectElement>('.toolbar select')
  refresh?.focus()
  expect(goesOn('ArrowRight')).toBe(false)
  await settle()
  expect(document.activeElement).toBe(interval)
  expect([refresh?.tabIndex, interval?.tabIndex]).toEqual([-1, 0])
  expect(goesOn('ArrowDown')).toBe(true)
  expect(goesOn('ArrowLeft')).toBe(false)
  expect(document.activeElement).toBe(refresh)
})

test('every chip has a symbol, a word and a count beside its colour', async () => {
  await opened()
  const chips = [...document.querySelectorAll('.chip')]
  expect(chips.length).toBeGreaterThan(10)
  for (const each of chips) {
    expect(each.querySelector('svg')).not.toBe(null)
    expect(each.textContent?.trim()).toMatch(/^\p{L}[\p{L}_ -]+\d+$/u)
  }
})

test('a switch hides its kind of rows', async () => {
  await opened()
  byText('button', 'UDP')?.click()
  await settle()
  expect(text('.status .shown')).toBe('2 of 3 shown')
})

test('with nothing selected acting is not offered and Delete says what to do', async () => {
  const { host } = await opened()
  await key('Delete')
  expect(text('.toasts')).toContain('Select a row first.')
  expect(host.callsOf('previewEndProcess')).toEqual([])
})

test('a host that only looks says how to allow actions', async () => {
  await opened(rows, { actionsAllowed: false })
  expect(text('.status')).toContain('--allow-actions')
  await key('Delete')
  expect(text('.toasts')).toContain('Start it with --allow-actions')
})

test('no rows, and rows that could not be read, look different', async () => {
  const { host } = await opened([])
  expect(text('.area .empty')).toContain('No connections')
  const problems = [{ code: 'source-failed', severity: 'error', parameters: { reason: 'EACCES' } }] as const
  host.emit('looked', { ...host.status(), takenAt: host.clock.now() + 1, problems })
  await settle()
  expect(text('.area .empty')).toContain('The connections could not be read')
  expect(text('.area .empty')).toContain('EACCES')
})

test('a restarting engine is told above rows that stay', async () => {
  const { host } = await opened()
  host.emit('engineLink', { state: 'restarting', restarts: 1, retryInMs: 1000 })
  await settle()
  expect(text('.banner')).toContain('The engine stopped and is being started again')
  expect([text('.status .mode'), text('.status .shown')]).toEqual(['Not current', '3 of 3 shown'])
})

test('a lost host is told with the time of the next attempt, and the message leaves when it is back', async () => {
  const { host } = await opened()
  host.goAway()
  await settle()
  expect(text('.banner')).toContain('The connection to Sockscope is lost')
  host.comeBack()
  host.clock.advance(500)
  await settle()
  expect(document.querySelector('.banner')).toBe(null)
})

test('only in a browser it is told to open the address anew', async () => {
  const { host } = await opened()
  host.goAway()
  await settle()
  expect(text('.banner')).toContain('open the address it printed')
})

test('the desktop app, which printed no address, does not speak of one', async () => {
  const host = createFakeHost(rows)
  host.answers.getHost = async () => succeed({ ...usualHost, host: 'electron' })
  mountWithHost(host, App)
  await settle()
  host.goAway()
  await settle()
  expect(text('.banner')).toContain('The connection to Sockscope is lost')
  expect(text('.banner')).not.toContain('address')
})

test('theme and language follow the settings at once', async () => {
  const { host } = await opened()
  host.emit('settingsChanged', { ...defaultSettings, theme: 'dark', language: 'zh-CN', stateDialect: 'windows' })
  await settle()
  expect([document.documentElement.dataset['theme'], document.documentElement.lang]).toEqual(['dark', 'zh-CN'])
  expect(text('.status .mode')).toBe('实时')
  expect(document.querySelector('.chip')?.textContent).toBe('LISTENING1')
})

test('a setting that has nothing to do with the table does not sort it anew', async () => {
  const { host } = await opened()
  const sorted = vi.spyOn(TableView.prototype, 'setSort')
  host.emit('settingsChanged', structuredClone({ ...host.settings, theme: 'dark' as const, recentQueries: ['port:443'] }))
  await settle()
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(sorted).not.toHaveBeenCalled()
})

test('a setting that could not be changed is said wherever it was tried', async () => {
  const { host } = await opened()
  host.answers.changeSettings = async () => fail('engine-unavailable', 'down')
  const interval = document.querySelector<HTMLSelectElement>('.toolbar select')
  if (interval === null) throw new Error('no interval')
  interval.value = '5000'
  interval.dispatchEvent(new Event('change'))
  await settle()
  expect(host.callsOf('changeSettings')).toEqual([{ intervalMs: 5000 }])
  expect(text('.toasts')).toContain('The setting could not be changed. The engine is not running just now.')
})

test('everything that was subscribed to is given back when the window closes', async () => {
  const { host, wrapper } = await opened()
  wrapper.unmount()
  const before = host.calls.length
  host.builder.sequence += 1
  host.emit('looked', host.status())
  host.emit('engineLink', { state: 'running', restarts: 2 })
  await settle()
  expect([host.calls.length, host.clock.waiting()]).toEqual([before, []])
})

const firstCell = (): HTMLElement => {
  const cell = document.querySelector<HTMLElement>('.connection-body [role=gridcell]')
  if (cell === null) throw new Error('no row is painted')
  return cell
}
/** What the grid paints needs a size, which a document without layout does not have. */
async function openedWithRows() {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  const opening = await opened()
  await settle()
  return opening
}
const menuItem = (label: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.querySelector('.text')?.textContent?.trim() === label)

test('the menu of a row narrows the search to its process in the words of the query language', async () => {
  await openedWithRows()
  firstCell().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 5, clientY: 5 }))
  await settle()
  menuItem('Same as this row')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await settle()
  menuItem('Process dns')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await settle()
  expect(search().value).toBe('process:dns')
  expect(text('.status .shown')).toBe('1 of 3 shown')
})

test('Enter on a row shows everything known about it, and once more hides it', async () => {
  await openedWithRows()
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  await key('ArrowDown', {}, grid)
  await key('Enter', {}, grid)
  for (const part of ['UDP', '0.0.0.0:53', 'All owners are listed', 'dns', '11']) expect(text('.details')).toContain(part)
  await key('Enter', {}, grid)
  expect(document.querySelector('.details')).toBe(null)
})

const subject = (): string => text('.details .subject')
const selectedCount = (): number => document.querySelectorAll('.connection-body [aria-selected=true]').length
const seen = (): unknown[] => [
  document.querySelector('.connection-body .cell-active') === null ? 'row' : 'cell',
  document.querySelector('.details') === null ? 'closed' : 'details',
  selectedCount(),
  search().value,
]

test('the details are about the row they were asked for, among several selected ones or beside them', async () => {
  await openedWithRows()
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  await key('a', { ctrlKey: true }, grid)
  firstCell().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 5, clientY: 5 }))
  await settle()
  menuItem('Details')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await settle()
  expect([subject(), selectedCount()]).toEqual([expect.stringContaining('0.0.0.0:53'), 3])
  await key('ArrowDown', {}, grid)
  await key('ArrowDown', { ctrlKey: true }, grid)
  await key('Enter', {}, grid)
  expect([subject(), selectedCount()]).toEqual([expect.stringContaining('192.0.2.7:5000'), 1])
})

test('Escape does one thing at a time: the cell, the details, the selection, the search', async () => {
  await openedWithRows()
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  await type('proto:udp')
  await key('ArrowDown', {}, grid)
  await key('ArrowRight', {}, grid)
  await key('Enter', {}, grid)
  expect(seen()).toEqual(['cell', 'details', 1, 'proto:udp'])
  await key('Escape', {}, grid)
  expect(seen()).toEqual(['row', 'details', 1, 'proto:udp'])
  await key('Escape', {}, grid)
  expect(seen()).toEqual(['row', 'closed', 1, 'proto:udp'])
  await key('Escape', {}, grid)
  expect(seen()).toEqual(['row', 'closed', 0, 'proto:udp'])
  await key('Escape', {}, grid)
  expect(seen()).toEqual(['row', 'closed', 0, ''])
})

test('Space pauses with a row selected, too, and leaves the selection alone', async () => {
  await openedWithRows()
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  firstCell().dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))
  await settle()
  await key(' ', {}, grid)
  expect(text('.status .mode')).toBe('Paused')
  expect(document.querySelectorAll('.connection-body [aria-selected=true]').length).toBe(1)
  await key(' ', {}, grid)
  expect(text('.status .mode')).toBe('Live')
})

test('Delete asks about the owner of the selected row by pid and start', async () => {
  const { host } = await openedWithRows()
  const grid = document.querySelector('[role=grid]')
  if (grid === null) throw new Error('no grid')
  await key('ArrowDown', {}, grid)
  await key('Delete', {}, grid)
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 11, startToken: '3' }])
  expect(text('[role=dialog]')).toContain('dns')
})
