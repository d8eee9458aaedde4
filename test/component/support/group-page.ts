/** Opens a page of groups in the whole interface, and reads and moves it as a person does. */
import App from '../../../src-renderer/App.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import type { Settings } from '../../../src-shared/model/settings.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from './fake-host.ts'
import { mountWithHost, settle } from './mount-with-host.ts'

export const shop = { name: 'shop', executable: '/opt/shop', pid: 812, startToken: 'a', user: 'www' }
export const cache = { name: 'redis-server', executable: '/usr/bin/redis-server', pid: 90, startToken: 'b', user: 'redis' }
export const usualRows: RowInput[] = [
  { id: 1, local: '0.0.0.0:443', owner: shop, receiveQueue: 2, sendQueue: 128 },
  { id: 2, local: '[::]:443', owner: shop, receiveQueue: 0, sendQueue: 128 },
  { id: 3, local: '192.0.2.10:443', remote: '198.51.100.1:5001', owner: shop, receiveRate: 1000, sendRate: 2000, roundTripMs: 20 },
  { id: 4, local: '192.0.2.10:443', remote: '198.51.100.2:5002', owner: shop, receiveRate: 500, sendRate: 0, roundTripMs: 40 },
  { id: 5, local: '0.0.0.0:6379', owner: cache },
  { id: 6, local: '127.0.0.1:9000', owner: shop },
  { id: 7, local: '192.0.2.10:40000', remote: '203.0.113.9:5432', owner: shop },
]

interface PageOptions {
  readonly locale?: Locale
  readonly list?: RowInput[]
  readonly settings?: Partial<Settings>
  readonly actionsAllowed?: boolean
}

export async function openGroupPage(
  page: string,
  { locale = 'en', list = usualRows, settings = {}, actionsAllowed = true }: PageOptions = {},
): Promise<FakeHost> {
  const host = createFakeHost(list, { actionsAllowed })
  host.settings = { ...host.settings, language: locale, ...settings }
  mountWithHost(host, App, { locale })
  await settle()
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === page))
  return host
}

export async function press(element: HTMLElement | null | undefined): Promise<void> {
  if (element == null) throw new Error('nothing to press')
  element.click()
  await settle()
}

export const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=treegrid]') as HTMLElement
export const bodies = (): HTMLElement[] => [...grid().querySelectorAll<HTMLElement>('.body')]
/** Lines as their cells, words of curves and bars left out. */
export const lines = (): string[][] =>
  bodies().map((line) =>
    [...line.querySelectorAll('[role=gridcell]')]
      .map((cell) => (cell.textContent ?? '').replaceAll(/\s+/gu, ' ').trim())
      .filter((text) => text !== ''),
  )
export const names = (): (string | undefined)[] => lines().map(([name]) => name)
export const activeLine = (): string | undefined => grid().querySelector('.active [role=gridcell]')?.textContent?.trim()

export async function key(name: string, options: KeyboardEventInit = {}): Promise<void> {
  grid().focus()
  grid().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }))
  await settle()
}

export const searchInput = (): HTMLInputElement =>
  document.querySelector<HTMLInputElement>('main[aria-label] [role=search] input') as HTMLInputElement

export async function filter(text: string): Promise<void> {
  const input = searchInput()
  input.focus()
  input.value = text
  input.setSelectionRange(text.length, text.length)
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

export const tableSearch = (): string => document.querySelector<HTMLInputElement>('.page [role=search] input')?.value ?? ''
export const shownPage = (): string | undefined => document.querySelector('nav [aria-current=page]')?.textContent?.trim()
/** The engine has looked, and the interface takes in what it saw. */
export async function look(host: FakeHost, rows: RowInput[]): Promise<void> {
  host.rows = rows
  host.emit('looked', { ...host.status(), sequence: host.status().sequence + 1 })
  await settle()
}
