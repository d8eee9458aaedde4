/** What all pages of groups have in common: search, chips, empty states, files. */
import { expect, test, vi } from 'vitest'
import { bodies, filter, grid, key, names, openGroupPage, press, searchInput, usualRows } from '../support/group-page.ts'
import { keepAfterMs } from '../../../src-renderer/composables/use-kept-filters.ts'
import type { FakeHost } from '../support/fake-host.ts'
import { byText, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const main = (): HTMLElement => document.querySelector<HTMLElement>('main[aria-label]') as HTMLElement
const options = (): string[] => [...main().querySelectorAll('[role=option] .term')].map((element) => element.textContent ?? '')
const chips = (): string[] => [...main().querySelectorAll('.filter .what')].map((element) => element.textContent?.trim() ?? '')
const typeKey = async (name: string): Promise<void> => {
  searchInput().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }))
  await settle()
}

test('the search of a page completes what is typed and goes to the lines on Enter', async () => {
  await openGroupPage('Processes')
  await filter('process:red')
  expect(options()).toEqual(['redis-server'])
  await typeKey('ArrowDown')
  await typeKey('Enter')
  expect(searchInput().value).toBe('process:redis-server')
  await typeKey('Enter')
  expect([document.activeElement?.getAttribute('role'), names()]).toEqual(['treegrid', ['redis-server']])
})

test('a mistake is underlined and told with the change that was probably meant, and one press makes it', async () => {
  await openGroupPage('Remote hosts')
  await filter('prot:tcp')
  expect(main().querySelector('.mirror mark')?.textContent).toBe('prot')
  await press(byText('main[aria-label] .error button', 'Did you mean proto?'))
  expect([searchInput().value, main().querySelector<HTMLElement>('.error')?.hidden]).toEqual(['proto:tcp', true])
})

test('what was searched for on a page is among the recent searches of all', async () => {
  const host = await openGroupPage('Processes')
  await filter('pid:812')
  await typeKey('Enter')
  expect(host.settings.recentQueries).toEqual(['pid:812'])
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === 'Listening ports'))
  searchInput().click()
  await settle()
  expect(options()).toEqual(['pid:812'])
})

test('each page keeps its own search, one chip for each term, and says how many sockets are left', async () => {
  await openGroupPage('Processes')
  await filter('process:shop state:listen')
  expect([chips(), main().querySelector('.shown')?.textContent]).toEqual([['process:shop', 'state:listen'], '3 of 7 sockets shown'])
  expect(document.querySelector('.status .shown')?.textContent).toBe('3 of 7 shown')
  await press(main().querySelector<HTMLElement>('.filter'))
  expect([searchInput().value, chips()]).toEqual(['state:listen', ['state:listen']])
  await press(main().querySelector<HTMLElement>('.filter'))
  expect([chips(), document.activeElement?.getAttribute('role')]).toEqual([[], 'treegrid'])
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === 'Remote hosts'))
  expect([searchInput().value, document.querySelector('.status .shown')?.textContent]).toEqual(['', '3 of 3 shown'])
})

test('Escape in the lines takes the search off', async () => {
  await openGroupPage('Listening ports')
  await filter('lport:443')
  expect(names()).toEqual(['443TCP'])
  await key('Escape')
  expect([searchInput().value, bodies().length]).toEqual(['', 3])
})

test.each([
  ['Processes', 'No process has a socket that matches', 'The search hides all 7 sockets.'],
  ['Listening ports', 'No listening port matches', 'The search hides all 4 sockets.'],
  ['Remote hosts', 'No remote host matches', 'The search hides all 3 sockets.'],
])('%s says that a search hides everything, and takes it off at a press', async (page, title, help) => {
  await openGroupPage(page)
  await filter('pid:4')
  expect([...main().querySelectorAll('.empty > :not(button)')].map((element) => element.textContent)).toEqual([title, help])
  await press(byText('main[aria-label] .empty button', 'Clear search and filters'))
  expect([searchInput().value, main().querySelector('.empty'), document.activeElement]).toEqual(['', null, grid()])
})

test.each([
  ['Processes', 'No process has a socket'],
  ['Listening ports', 'Nothing listens on this machine'],
  ['Remote hosts', 'No connection to another end'],
])('%s says that there is nothing when there is nothing', async (page, title) => {
  await openGroupPage(page, { list: [] })
  expect(main().querySelector('.empty .title')?.textContent).toBe(title)
})

const mostSlices = 20

/** What the browser was told to save: names with texts. */
async function saved(host: FakeHost, format: string, button = 'Save the table as a file'): Promise<{ name: string; text: string }> {
  const blobs: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob)
    return 'blob:saved'
  })
  const links: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    links.push(this.download)
  })
  const trigger = main().querySelector<HTMLElement>(`button[aria-label="${button}"]`)
  trigger?.focus()
  await press(trigger)
  await press(byText('[role=menuitem]', format))
  // Large tables are written slice by slice.
  for (let turn = 0; turn < mostSlices && blobs.length === 0; turn += 1) {
    host.clock.advance(0)
    await settle()
  }
  return { name: links[0] ?? '', text: (await blobs[0]?.text()) ?? '' }
}

test('the table of a page is saved with its columns as CSV', async () => {
  const host = await openGroupPage('Processes')
  await filter('process:redis-server')
  const { name, text } = await saved(host, 'CSV')
  expect(name).toMatch(/^processes-.*\.csv$/)
  expect(text.replace('\ufeff', '').split('\r\n')).toEqual([
    'Process,PID,User,Sockets,Listening,Remotes,Receiving,Sending,Received,Sent',
    'redis-server,90,redis,1,1,0,,,,',
    '',
  ])
})

test('as JSON it has the facts behind the words, under names that no language changes', async () => {
  const host = await openGroupPage('监听端口', { locale: 'zh-CN' })
  await filter('lport:443')
  const { name, text } = await saved(host, 'JSON', '将表格保存为文件')
  expect(name).toMatch(/^listening-.*\.json$/)
  expect(JSON.parse(text)).toEqual([
    {
      protocol: 'tcp',
      port: 443,
      reach: 'any',
      addresses: ['0.0.0.0', '::'],
      owners: [{ pid: 812, name: 'shop', executable: '/opt/shop', user: 'www' }],
      firstSeenAt: expect.any(Number),
      mayBeOlder: true,
      connections: 2,
      queued: 2,
      backlog: 256,
    },
  ])
})

test('many groups are written slice by slice, each once, and the table is held meanwhile', async () => {
  const list = Array.from({ length: 600 }, (_, index) => ({ remote: `10.0.${index >> 8}.${index & 255}:80` }))
  const host = await openGroupPage('Remote hosts', { list })
  const { text } = await saved(host, 'JSON, one row per line (NDJSON)')
  const addresses = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { address: string }).address)
  expect([addresses.length, new Set(addresses).size]).toEqual([600, 600])
  expect(document.querySelector('.mode')?.textContent).toBe('Live')
})

test('a file that another order would tear apart is not saved', async () => {
  const list = Array.from({ length: 600 }, (_, index) => ({ remote: `10.0.${index >> 8}.${index & 255}:80` }))
  const host = await openGroupPage('Remote hosts', { list })
  const address = vi.spyOn(URL, 'createObjectURL')
  const trigger = main().querySelector<HTMLElement>('button[aria-label="Save the table as a file"]')
  trigger?.focus()
  await press(trigger)
  await press(byText('[role=menuitem]', 'CSV'))
  expect(document.querySelector('.mode')?.textContent).toBe('Held while the file is written')
  await press(byText('.choice button', 'Network'))
  host.clock.advance(0)
  await settle()
  expect(address).not.toHaveBeenCalled()
  expect(document.body.textContent).toContain('The page was set otherwise meanwhile')
})

test('grouping, order and search of a page are kept, and taken up again at the next start', async () => {
  const host = await openGroupPage('Processes')
  await filter('state:listen')
  await press(byText('.choice button', 'Program'))
  await press(byText('.box [role=columnheader] button', 'Process'))
  expect(host.settings.groupPages).toEqual({})
  host.clock.advance(keepAfterMs)
  await settle()
  const kept = { text: 'state:listen', grouping: 'executable', sort: { column: 'name', descending: false } }
  expect(host.settings.groupPages).toMatchObject({ processes: kept, listening: { text: '', grouping: 'port' } })
})

test('a start takes up how pages were set, without their searches where these are not to be kept', async () => {
  const processes = { text: 'state:listen', grouping: 'user', sort: { column: 'user', descending: true } }
  await openGroupPage('Processes', { settings: { groupPages: { processes } } })
  expect([searchInput().value, names()]).toEqual(['state:listen', ['www', 'redis']])
  expect(byText('.choice button', 'User')?.getAttribute('aria-pressed')).toBe('true')
})

test('a start without searches has the grouping all the same, and a grouping of another version is left out', async () => {
  const groupPages = {
    processes: { text: 'state:listen', grouping: 'user', sort: { column: 'user', descending: true } },
    remotes: { text: 'nonsense:(', grouping: 'continent', sort: { column: 'sockets', descending: false } },
  }
  await openGroupPage('Processes', { settings: { groupPages, keepFilters: false } })
  expect([searchInput().value, names()]).toEqual(['', ['www', 'redis']])
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === 'Remote hosts'))
  expect([searchInput().value, bodies().length]).toEqual(['', 3])
  expect(byText('.choice button', 'Address')?.getAttribute('aria-pressed')).toBe('true')
})

test('the palette of commands saves and clears what the page shows', async () => {
  await openGroupPage('Processes', { list: [...usualRows] })
  await filter('process:redis-server')
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }))
  await settle()
  const input = document.querySelector<HTMLInputElement>('[role=dialog] [role=combobox]') as HTMLInputElement
  input.value = 'Clear search'
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
  await press(document.querySelector<HTMLElement>('[role=dialog] [role=option]'))
  expect([searchInput().value, names()]).toEqual(['', ['shop', 'redis-server']])
})
