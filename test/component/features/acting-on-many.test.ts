import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const rows: RowInput[] = [
  { local: '127.0.0.1:80', owner: { name: 'nginx', pid: 7, startToken: '1' } },
  { local: '127.0.0.1:80', remote: '127.0.0.1:5000', owner: { name: 'worker', pid: 8, startToken: '1' } },
  { local: '192.0.2.7:5000', remote: '198.51.100.3:443', owner: { name: '=evil|x', pid: 9, startToken: '2' } },
]
const written: string[] = []
beforeEach(() => {
  written.length = 0
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void written.push(text) },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

async function opened(more: readonly RowInput[] = []) {
  const host = createFakeHost([...rows, ...more])
  host.answers.previewEndProcess = async ({ pid, startToken }) => succeed({ pid, startToken, connections: 1, listeners: [], children: [] })
  mountWithHost(host, App)
  await settle()
  return host
}
const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=grid]') ?? document.body
const key = async (name: string, options: KeyboardEventInit = {}, target: EventTarget = grid()): Promise<boolean> => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...options })
  target.dispatchEvent(event)
  await settle()
  return event.defaultPrevented
}
const selectAll = async (): Promise<void> => {
  grid().focus()
  await key('a', { ctrlKey: true })
}

test('Ctrl+C copies the selected rows as text in display order, and a name cannot run in a spreadsheet', async () => {
  await opened()
  await selectAll()
  await key('c', { ctrlKey: true })
  const lines = written[0]?.split('\n') ?? []
  expect(lines.map((line) => line.split('\t')[0])).toEqual(["'=evil|x", 'nginx', 'worker'])
  expect(new Set(lines.map((line) => line.split('\t').length)).size).toBe(1)
})

test('Ctrl+Shift+C copies them as JSON in the public shape', async () => {
  await opened()
  await selectAll()
  await key('C', { ctrlKey: true, shiftKey: true })
  const connections = JSON.parse(written[0] ?? '') as Connection[]
  expect(connections.map(({ owners, local }) => [owners[0]?.pid, local.port])).toEqual([
    [9, 5000],
    [7, 80],
    [8, 80],
  ])
})

test('Ctrl+C in the search box belongs to the text there', async () => {
  await opened()
  await selectAll()
  const box = document.querySelector<HTMLInputElement>('[role=search] input') ?? document.body
  box.focus()
  expect(await key('c', { ctrlKey: true }, box)).toBe(false)
  expect(written).toEqual([])
})

test('a port typed into the palette ends whoever listens there, not those who are connected to it', async () => {
  const host = await opened()
  await key('k', { ctrlKey: true })
  const box = document.querySelector<HTMLInputElement>('.palette-input')
  if (box === null) throw new Error('no palette')
  box.value = ':80'
  box.dispatchEvent(new Event('input'))
  await settle()
  await key('ArrowUp', {}, box)
  expect(document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('End whoever holds port 80')
  await key('Enter', {}, box)
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 7, startToken: '1' }])
  expect(byText('button', 'End process')).not.toBe(undefined)
})

test('who ends the holder of a port hears that others hold it too who cannot be seen', async () => {
  await opened([{ local: '192.0.2.7:80', visibility: 'not-permitted' }])
  await key('k', { ctrlKey: true })
  const box = document.querySelector<HTMLInputElement>('.palette-input')
  if (box === null) throw new Error('no palette')
  box.value = ':80'
  box.dispatchEvent(new Event('input'))
  await settle()
  await key('ArrowUp', {}, box)
  await key('Enter', {}, box)
  expect(document.body.textContent).toContain('cannot be seen hold port 80 too: 1.')
  expect(byText('button', 'End process')).not.toBe(undefined)
})

test('the view is saved with its filter, in the order shown, as the format that was chosen', async () => {
  const saved: Blob[] = []
  const address = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob)
    return 'blob:test'
  })
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  await opened()
  document.querySelector<HTMLElement>('[aria-label="Save the table as a file"]')?.click()
  await settle()
  byText('[role=menuitem]', 'CSV')?.click()
  await settle()
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await saved[0]?.arrayBuffer())
  expect(text.startsWith('\ufeffProcess,PID,')).toBe(true)
  expect(
    text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0]),
  ).toEqual(["'=evil|x", 'nginx', 'worker'])
  address.mockRestore()
  click.mockRestore()
})
