import { describe, expect, it, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import type { ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const shop = { name: 'shop', executable: '/opt/shop', pid: 812, startToken: 'a', user: 'www' }
const cache = { name: 'redis-server', executable: '/usr/bin/redis-server', pid: 90, startToken: 'b', user: 'redis' }
const rows: RowInput[] = [
  { id: 1, local: '0.0.0.0:443', owner: shop, receiveQueue: 2, sendQueue: 128 },
  { id: 2, local: '[::]:443', owner: shop, receiveQueue: 0, sendQueue: 128 },
  { id: 3, local: '192.0.2.10:443', remote: '198.51.100.1:5001', owner: shop, receiveRate: 1000, sendRate: 2000, roundTripMs: 20 },
  { id: 4, local: '192.0.2.10:443', remote: '198.51.100.2:5002', owner: shop, receiveRate: 500, sendRate: 0, roundTripMs: 40 },
  { id: 5, local: '0.0.0.0:6379', owner: cache },
  { id: 6, local: '127.0.0.1:9000', owner: shop },
  { id: 7, local: '192.0.2.10:40000', remote: '203.0.113.9:5432', owner: shop },
]

async function open(
  page: string,
  { locale = 'en', list = rows }: { readonly locale?: Locale; readonly list?: RowInput[] } = {},
): Promise<FakeHost> {
  const host = createFakeHost(list)
  host.settings = { ...host.settings, language: locale }
  mountWithHost(host, App, { locale })
  await settle()
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === page))
  return host
}
const press = async (element: HTMLElement | null | undefined): Promise<void> => {
  if (element == null) throw new Error('nothing to press')
  element.click()
  await settle()
}
const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=treegrid]') as HTMLElement
/** Lines as their cells, words of curves and bars left out. */
const lines = (): string[][] =>
  [...grid().querySelectorAll('.body')].map((line) =>
    [...line.querySelectorAll('[role=gridcell]')]
      .map((cell) => (cell.textContent ?? '').replaceAll(/\s+/gu, ' ').trim())
      .filter((text) => text !== ''),
  )
const key = async (name: string): Promise<void> => {
  grid().focus()
  grid().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }))
  await settle()
}
const filter = async (text: string): Promise<void> => {
  const input = document.querySelector<HTMLInputElement>('main[aria-label] [role=search] input') as HTMLInputElement
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
const tableSearch = (): string => document.querySelector<HTMLInputElement>('.page [role=search] input')?.value ?? ''
const shownPage = (): string | undefined => document.querySelector('nav [aria-current=page]')?.textContent?.trim()

describe('the page of processes', () => {
  it('shows each process with its sums, the one with most sockets first', async () => {
    await open('Processes')
    expect(lines()).toEqual([
      ['shop', '812', 'www', '6', '3', '3', '1.5 kB/s', '2 kB/s'],
      ['redis-server', '90', 'redis', '1', '1', '0'],
    ])
    expect(grid().querySelector('.body [role=img]')?.getAttribute('aria-label')).toBe('ESTABLISHED 3, LISTEN 3')
  })

  it('unfolds into its sockets by the keyboard and sorts by a heading', async () => {
    await open('Processes')
    await key('ArrowDown')
    await key('ArrowRight')
    expect(grid().querySelector('.active')?.getAttribute('aria-expanded')).toBe('true')
    expect(lines()).toHaveLength(8)
    expect(grid().querySelectorAll('.socket')[2]?.getAttribute('aria-label')).toBe(
      'TCP, 192.0.2.10:443 → 198.51.100.1:5001, ESTABLISHED, ↓ 1 kB/s, ↑ 2 kB/s',
    )
    await key('ArrowLeft')
    expect(lines()).toHaveLength(2)
    await press(byText('.box [role=columnheader] button', 'User'))
    expect(lines().map(([name]) => name)).toEqual(['redis-server', 'shop'])
    expect(byText('.box [role=columnheader] button', 'User')?.parentElement?.getAttribute('aria-sort')).toBe('ascending')
  })

  it('leads to the table with the process and the filter of the page, by Enter', async () => {
    await open('Processes')
    await filter('rport:5001-5002')
    expect(lines().map(([name, , , sockets]) => [name, sockets])).toEqual([['shop', '2']])
    await key('ArrowDown')
    await key('Enter')
    expect(shownPage()).toBe('Connections')
    expect(tableSearch()).toBe('rport:5001-5002 pid:812')
  })

  it('asks before it ends a process, by Del', async () => {
    const host = await open('Processes')
    await key('ArrowDown')
    await key('Delete')
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('shop')
    expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 812, startToken: 'a' }])
  })

  it('draws the tree from the parents that the engine tells, each process asked for once', async () => {
    const host = await open('Processes')
    host.answers.getProcess = async ({ pid, startToken }) => {
      const details: ProcessDetails = {
        pid,
        startToken,
        takenAt: 0,
        parents: pid === 90 ? [{ pid: 812, name: 'shop' }] : [{ pid: 50, name: 'bash' }, { pid: 1 }],
        children: [],
        childCount: 0,
        untold: {},
      }
      return succeed(details)
    }
    await press(byText('.choice button', 'Tree'))
    expect(
      [...grid().querySelectorAll('.body')].map((line) => [line.getAttribute('aria-level'), line.querySelector('.name')?.textContent]),
    ).toEqual([
      ['1', 'bash'],
      ['2', 'shop'],
      ['3', '6 own sockets'],
      ['3', 'redis-server'],
    ])
    host.emit('looked', { ...host.status(), sequence: 99 })
    await settle()
    expect(host.callsOf('getProcess')).toHaveLength(2)
  })

  it('tells what is wrong with a filter and keeps the last good one', async () => {
    await open('Processes')
    await filter('redis')
    await filter('port:(')
    expect(document.querySelector('main[aria-label] .error')?.textContent).not.toBe('')
    expect(lines()).toHaveLength(1)
  })
})

describe('the page of listening ports', () => {
  it('says who listens, how exposed, and what waits', async () => {
    await open('Listening ports')
    expect(
      lines().map(([port, service, exposure, addresses, owner, , accepted, queue]) => [
        port,
        service,
        exposure,
        addresses,
        owner,
        accepted,
        queue,
      ]),
    ).toEqual([
      ['443TCP', 'Everywhere', '0.0.0.0, ::', 'shop (812)', '≥ 0 sec', '2 / 256', undefined],
      ['6379TCP', 'Redis', 'Everywhere', '0.0.0.0', 'redis-server (90)', '0', undefined],
      ['9000TCP', 'This machine only', '127.0.0.1', 'shop (812)', '≥ 0 sec', undefined, undefined],
    ])
    const risk = grid().querySelector('.risk')?.getAttribute('aria-label')
    expect(risk).toBe('Others can reach Redis: it asks for no password unless it was told to.')
  })

  it('groups the ports of one program and leads to the table', async () => {
    await open('Listening ports')
    await press(byText('.choice button', 'Program'))
    expect(lines().map(([first]) => first)).toEqual(['shop', '443TCP', '9000TCP', 'redis-server', '6379TCP'])
    await key('ArrowDown')
    await key('ArrowDown')
    await key('Enter')
    expect(tableSearch()).toBe('proto:tcp lport:443')
  })
})

describe('the page of remote hosts', () => {
  it('shows each host with its processes, services and median round trip', async () => {
    await open('Remote hosts')
    await press(byText('.box [role=columnheader] button', 'Remote host'))
    const [first, second, third] = lines()
    expect(first?.slice(0, 4)).toEqual(['198.51.100.1', '1', 'shop', '← 443'])
    expect(first).toContain('20 ms')
    expect(second?.[0]).toBe('198.51.100.2')
    expect(third?.slice(0, 4)).toEqual(['203.0.113.9', '1', 'shop', '→ 5432'])
  })

  it('groups by network and leads to the table', async () => {
    await open('Remote hosts')
    await press(byText('.choice button', 'Network'))
    expect(lines()[0]?.slice(0, 2)).toEqual(['198.51.100.0/24', '2'])
    await key('ArrowDown')
    await key('Enter')
    expect(tableSearch()).toBe('remote:198.51.100.0/24')
  })

  it('speaks Chinese', async () => {
    await open('远程主机', { locale: 'zh-CN' })
    expect(grid().textContent).toContain('首次发现')
  })

  it('draws only the lines in sight of twenty thousand', async () => {
    const many = Array.from({ length: 20_000 }, (_, index): RowInput => ({
      remote: `10.${index >> 14}.${(index >> 7) & 127}.${index & 127}:80`,
    }))
    await open('Remote hosts', { list: many })
    expect(grid().getAttribute('aria-rowcount')).toBe('20001')
    expect(grid().querySelectorAll('.body').length).toBeLessThan(60)
  })
})
