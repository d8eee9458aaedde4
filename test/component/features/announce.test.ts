/** What the table tells on request: in a polite live region, in whole sentences, in the reader's language, and never by itself. */
import { expect, test } from 'vitest'
import App from '../../../src-renderer/App.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { DeltaInput, RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { mountWithHost, settle } from '../support/mount-with-host.ts'

const rows: RowInput[] = [
  { local: '127.0.0.1:80', state: 'LISTEN', owner: { name: 'nginx', pid: 7, startToken: '1' } },
  { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: { name: 'firefox', pid: 9, startToken: '2' } },
  { protocol: 'udp', local: '0.0.0.0:53', owner: { name: 'dns', pid: 11, startToken: '3' } },
]
const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=grid]') ?? document.body
const key = async (name: string, options: KeyboardEventInit = {}): Promise<void> => {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options }))
  await settle()
}
const said = (): string => document.querySelector('[aria-live=polite] .toast span')?.textContent ?? 'nothing'

async function opened(locale: Locale = 'en'): Promise<FakeHost> {
  const host = createFakeHost(rows)
  host.settings = { ...host.settings, language: locale }
  mountWithHost(host, App, { locale })
  await settle()
  grid().focus()
  return host
}
async function look(host: FakeHost, delta: DeltaInput): Promise<void> {
  host.answers.getChanges = async () => succeed(host.builder.delta(delta))
  host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
  await settle()
}
const more: DeltaInput = {
  added: [
    { local: '127.0.0.1:6001', owner: { name: 'curl', pid: 20, startToken: '4' } },
    { local: '127.0.0.1:6002', owner: { name: 'firefox', pid: 9, startToken: '2' } },
    { local: '127.0.0.1:6003', owner: { name: 'firefox', pid: 9, startToken: '2' } },
  ],
  removed: [1],
}

test('F8 tells how many connections there are, and the next time what is new and what closed', async () => {
  const host = await opened()
  expect(said()).toBe('nothing')
  await key('F8')
  expect(said()).toBe('3 connections. Ask again later, and you hear what is new and what closed.')
  await look(host, more)
  await key('F8')
  expect(said()).toMatch(/^5 connections\. 3 new, 1 closed since .+\. New: firefox 2 and curl 1\.$/u)
  await key('F8')
  expect(said()).toMatch(/^5 connections\. Nothing new and nothing closed since .+\.$/u)
})

test('what is told is an addition to the live region each time, or it would not be read again', async () => {
  await opened()
  await key('F8')
  const first = document.querySelector('.toast')
  await key('F8')
  await key('F8')
  expect(document.querySelectorAll('.toast').length).toBe(1)
  expect(document.querySelector('.toast')).not.toBe(first)
})

test('it tells of rows on display, and that the table is frozen', async () => {
  await opened()
  await key('u')
  await key('Escape')
  const search = document.querySelector<HTMLInputElement>('.search input')
  if (search === null) throw new Error('no search box')
  search.value = 'firefox'
  search.dispatchEvent(new Event('input'))
  await settle()
  await key(' ')
  await key('F8')
  expect(said()).toMatch(/^1 of 3 connections shown\..+The table is frozen\.$/u)
})

test('Shift and F8 tell where the keyboard is: before any row, in a row, in a cell, at a title', async () => {
  await opened()
  await key('F8', { shiftKey: true })
  expect(said()).toBe('No row has the keyboard yet. The down arrow goes to one. Sorted by Process, ascending.')
  await key('ArrowDown')
  await key('F8', { shiftKey: true })
  expect(said()).toBe('Row 1 of 3. dns (11) UDP 0.0.0.0:53. Sorted by Process, ascending.')
  await key('ArrowDown')
  await key('ArrowDown', { shiftKey: true })
  await key('ArrowRight')
  await key('ArrowRight')
  await key('F8', { shiftKey: true })
  expect(said()).toBe('Row 3 of 3. PID: 7. nginx (7) TCP 127.0.0.1:80, LISTEN. 2 rows selected. Sorted by Process, ascending.')
  await key('ArrowUp')
  await key('ArrowUp')
  await key('ArrowUp')
  await key('F8', { shiftKey: true })
  expect(said()).toMatch(/^Title of PID, column 2 of \d+\. Sorted by Process, ascending\.$/u)
})

test('news of the row is told with it', async () => {
  const host = await opened()
  await look(host, { added: [{ local: '127.0.0.1:6001', owner: { name: 'aaa', pid: 20, startToken: '4' } }] })
  await key('ArrowDown')
  await key('F8', { shiftKey: true })
  expect(said()).toMatch(/^Row 1 of 4\. aaa \(20\) .+ New\. Sorted/u)
})

test('both speak Chinese', async () => {
  const host = await opened('zh-CN')
  await key('F8')
  expect(said()).toBe('3 个连接。稍后再次播报，即可听到新增和关闭的连接。')
  await look(host, more)
  await key('F8')
  expect(said()).toMatch(/^5 个连接。自 .+ 以来新增 3 个，关闭 1 个。新增：firefox 2 个和curl 1 个。$/u)
  await key('ArrowDown')
  await key('F8', { shiftKey: true })
  expect(said()).toMatch(/^第 1 行，共 6 行。curl \(20\) TCP .+新增。按进程升序排列。$/u)
})

test('on another page the key says where to go first', async () => {
  await opened()
  await key('@', { code: 'Digit2', altKey: true, shiftKey: true })
  await key('F8')
  expect(said()).toBe('Go to the connections first.')
})
