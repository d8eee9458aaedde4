/** What can be done with a group and with one socket of it, by mouse and by keyboard. */
import { beforeEach, expect, test, vi } from 'vitest'
import {
  activeLine,
  bodies,
  filter,
  grid,
  key,
  look,
  names,
  openGroupPage,
  press,
  searchInput,
  shownPage,
  tableSearch,
  usualRows,
} from '../support/group-page.ts'
import { useConnections } from '../../../src-renderer/stores/connections.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import type { FakeHost } from '../support/fake-host.ts'
import { byText, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const copied: string[] = []
beforeEach(() => {
  copied.length = 0
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text))
})

const items = (): string[] =>
  [...document.querySelectorAll('[role=menu] [role=menuitem]')].map((item) => item.querySelector('.text')?.textContent?.trim() ?? '')
const item = (name: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((each) => each.querySelector('.text')?.textContent?.trim() === name)
const rightClick = async (line: HTMLElement | undefined): Promise<void> => {
  line?.querySelector('[role=gridcell]')?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2 }))
  await settle()
}
const menuKey = async (): Promise<void> => {
  grid().focus()
  grid().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
  await settle()
}

test('the menu of a group has what can be done with it', async () => {
  await openGroupPage('Processes')
  await rightClick(bodies()[0])
  expect(items()).toEqual([
    'Show in the table',
    'Details',
    'Unfold',
    'End process',
    'Close 3 connections',
    'Copy line',
    'Copy as',
    'Show only shop',
    'Exclude shop',
  ])
  expect(activeLine()).toBe('shop')
})

test('the menu key opens it at the line with the keyboard, and the keyboard is back there in the end', async () => {
  await openGroupPage('Processes')
  await menuKey()
  expect(items()).toEqual([])
  await key('End')
  await menuKey()
  expect(items()).toContain('Show only redis-server')
  await press(item('Show only redis-server'))
  expect([searchInput().value, names(), document.activeElement]).toEqual(['pid:90', ['redis-server'], grid()])
})

test('a group is excluded with a term of its own', async () => {
  await openGroupPage('Listening ports')
  await rightClick(bodies()[0])
  await press(item('Exclude 443 TCP'))
  expect([searchInput().value, names()]).toEqual(['-(proto:tcp lport:443)', ['6379TCP', '9000TCP']])
})

test('a program of any name is written so that the search box can hold it', async () => {
  const evil = { name: 'x', executable: '/opt/a\n-b', pid: 5, startToken: 'e' }
  await openGroupPage('Processes', { list: [...usualRows, { id: 50, local: '0.0.0.0:77', owner: evil }] })
  await press(byText('.choice button', 'Program'))
  await rightClick(bodies().find((line) => line.textContent?.includes('/opt/a')))
  await press(
    items()
      .map((name) => item(name))
      .find((each) => each?.textContent?.includes('Show only')),
  )
  expect(searchInput().value).toBe(String.raw`exe:/^\u002fopt\u002fa\u000a\u002db$/`)
  expect(bodies()).toHaveLength(1)
})

test('all ports of a program are one term, as an alternative', async () => {
  await openGroupPage('Listening ports')
  await press(byText('.choice button', 'Program'))
  await rightClick(bodies()[0])
  await press(item('Show only shop'))
  expect([searchInput().value, names()]).toEqual(['(proto:tcp lport:443 OR proto:tcp lport:9000)', ['shop', '443TCP', '9000TCP']])
})

test('a port leads to what came in through it, which the search of the page would hide', async () => {
  await openGroupPage('Listening ports')
  await filter('state:listen')
  await key('Home')
  await key('Enter')
  expect([shownPage(), tableSearch()]).toEqual(['Connections', 'proto:tcp lport:443'])
})

test('its connections are closed after the usual question, those that came in through a port too', async () => {
  await openGroupPage('Listening ports')
  await rightClick(bodies()[0])
  await press(item('Close 2 connections'))
  const dialog = document.querySelector('[role=dialog]')
  expect(dialog?.textContent).toContain('Close 2 connections?')
  expect(dialog?.textContent).toContain('198.51.100.1:5001')
})

test('Shift and Del ask the same, and say so where there is nothing to close', async () => {
  await openGroupPage('Listening ports')
  await key('End')
  await key('Delete', { shiftKey: true })
  expect(document.querySelector('[role=dialog]')).toBe(null)
  expect(document.body.textContent).toContain('None of these sockets has a connection that could be closed.')
  await key('Home')
  await key('Delete', { shiftKey: true })
  expect(document.querySelector('[role=dialog]')?.textContent).toContain('Close 2 connections?')
})

test('the process of a listening port is ended after the usual question', async () => {
  const host = await openGroupPage('Listening ports')
  await rightClick(bodies()[1])
  await press(item('End process'))
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 90, startToken: 'b' }])
})

/** A menu holds the rows, but not against a look that is asked for, which the application menu can do. */
const lookAnyway = async (host: FakeHost, rows: RowInput[]): Promise<void> => {
  await look(host, rows)
  void useConnections().refresh()
  await settle()
}
const others = Array.from({ length: 9 }, (_, index): RowInput => ({
  id: 20 + index,
  local: '192.0.2.10:41000',
  remote: `203.0.113.${index}:80`,
  owner: { name: 'crawler', pid: 5, startToken: 'c' },
}))

test('the menu acts on the group that it was opened for, although the rows of others came into their places', async () => {
  const host = await openGroupPage('Processes')
  await rightClick(bodies()[1])
  await lookAnyway(host, [...usualRows.slice(3, 5), ...others])
  expect(names()).toContain('crawler')
  expect(items()).toContain('Show only redis-server')
  await press(item('End process'))
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 90, startToken: 'b' }])
})

test.each([
  ['End process', 'previewEndProcess'],
  ['Show in the table', undefined],
  ['Copy line', undefined],
  ['Exclude redis-server', undefined],
] as const)('%s says that the group is no longer there when it is gone', async (action, call) => {
  const host = await openGroupPage('Processes')
  await rightClick(bodies()[1])
  await lookAnyway(host, others)
  await press(item(action))
  expect(document.body.textContent).toContain('This line is no longer there. Nothing was done.')
  expect([shownPage(), searchInput().value, copied, call && host.callsOf(call)]).toEqual(['Processes', '', [], call && []])
})

test('a socket is the one that the menu was opened for, or none', async () => {
  const host = await openGroupPage('Processes')
  await key('Home')
  await key('ArrowRight')
  await rightClick(bodies()[4])
  await press(item('Copy line'))
  await rightClick(bodies()[4])
  await lookAnyway(host, usualRows.slice(3))
  await press(item('Copy line'))
  expect(copied[0]).toContain('198.51.100.2')
  expect(copied[1]).toBe(copied[0])
  await rightClick(bodies().find((line) => line.textContent?.includes('198.51.100.2')))
  await lookAnyway(host, [...usualRows.slice(4), ...others])
  await press(item('Copy line'))
  expect(copied).toHaveLength(2)
  expect(document.body.textContent).toContain('This line is no longer there.')
})

test('where nothing may be ended or closed, the menu says why', async () => {
  await openGroupPage('Processes', { actionsAllowed: false })
  await rightClick(bodies()[0])
  for (const name of ['End process', 'Close 3 connections']) {
    expect([name, item(name)?.getAttribute('aria-disabled'), item(name)?.title]).toEqual([
      name,
      'true',
      expect.stringContaining('--allow-actions'),
    ])
  }
})

test('a line is copied as shown, and as JSON with the facts behind it', async () => {
  await openGroupPage('Remote hosts')
  await press(byText('.box [role=columnheader] button', 'Remote host'))
  await key('Home')
  await key('c', { ctrlKey: true })
  await key('C', { ctrlKey: true, shiftKey: true })
  expect(copied[0]?.split('\t').slice(0, 5)).toEqual(['198.51.100.1', '', '1', 'shop', '← 443'])
  expect(JSON.parse(copied[1] ?? '')).toEqual([
    expect.objectContaining({
      address: '198.51.100.1',
      processes: [{ pid: 812, name: 'shop' }],
      services: [{ port: 443, inward: true, protocol: 'tcp' }],
      sockets: 1,
      states: { ESTABLISHED: 1 },
      roundTripMs: 20,
    }),
  ])
})

test('a socket below its group is a row: it is copied with the columns of the table and leads to it', async () => {
  await openGroupPage('Processes')
  await key('Home')
  await key('ArrowRight')
  await key('ArrowRight')
  await menuKey()
  expect(items().slice(0, 2)).toEqual(['Show in the table', 'Details'])
  expect(items()).toContain('Same as this row')
  await press(item('Copy line'))
  expect(copied[0]).toContain('shop\t812')
  await key('Enter')
  expect([shownPage(), tableSearch()]).toEqual(['Connections', ''])
  expect(document.querySelector('.connection-body [aria-selected=true]')?.textContent).toContain('443')
})

test('details are those of the row, at the page about the process for a group', async () => {
  const host = await openGroupPage('Processes')
  await rightClick(bodies()[1])
  await press(item('Details'))
  expect([shownPage(), tableSearch()]).toEqual(['Connections', 'pid:90'])
  expect(document.querySelector('[role=tab][aria-selected=true]')?.textContent?.trim()).toBe('Process')
  expect(host.settings.details.page).toBe('process')
})

test('a remote host can be asked about, a network only as to whom it belongs', async () => {
  await openGroupPage('Remote hosts')
  await rightClick(bodies()[0])
  const forHost = items()
  await press(item('Copy line'))
  await press(byText('.choice button', 'Network'))
  await rightClick(bodies()[0])
  expect([forHost.slice(-2).length, items().length - forHost.length]).toEqual([2, -1])
  expect(forHost.slice(-1)).toEqual(items().slice(-1))
})
