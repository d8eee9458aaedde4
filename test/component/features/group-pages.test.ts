import { describe, expect, it, vi } from 'vitest'
import type { ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'
import { bodies, filter, grid, key, lines, names, openGroupPage as open, press, shownPage, tableSearch } from '../support/group-page.ts'
import { byText, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

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
    expect(grid().querySelectorAll('.socket')[2]?.textContent).toBe(
      'TCP, 192.0.2.10:443 → 198.51.100.1:5001, ESTABLISHED, ↓ 1 kB/s, ↑ 2 kB/s',
    )
    await key('ArrowLeft')
    expect(lines()).toHaveLength(2)
    await press(byText('.box [role=columnheader] button', 'User'))
    expect(names()).toEqual(['redis-server', 'shop'])
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
    expect(bodies().map((line) => [line.getAttribute('aria-level'), line.querySelector('.name')?.textContent])).toEqual([
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
    expect(names()).toEqual(['shop', '443TCP', '9000TCP', 'redis-server', '6379TCP'])
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
