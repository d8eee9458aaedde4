/** The lines of a page of groups by keyboard alone. */
import { expect, test, vi } from 'vitest'
import type { ProcessDetails } from '../../../src-shared/contract/process-details.ts'
import { succeed } from '../../../src-shared/contract/result.ts'
import { typeAheadPauseMs } from '../../../src-renderer/features/shortcuts/type-ahead.ts'
import { activeLine, bodies, grid, key, names, openGroupPage, press, shownPage } from '../support/group-page.ts'
import { byText, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

test('arrows, Home and End move; what is below a line is reached and left by right and left', async () => {
  await openGroupPage('Processes')
  await key('ArrowDown')
  await key('ArrowDown')
  await key('ArrowDown')
  expect(activeLine()).toBe('redis-server')
  await key('Home')
  await key('ArrowRight')
  expect([activeLine(), bodies().length]).toEqual(['shop', 8])
  await key('ArrowRight')
  await key('ArrowRight')
  expect(grid().querySelector('.active')?.getAttribute('aria-level')).toBe('2')
  await key('ArrowLeft')
  expect(activeLine()).toBe('shop')
  await key('ArrowLeft')
  expect(bodies()).toHaveLength(2)
  await key('End')
  await key('ArrowRight')
  expect(grid().querySelector('.active')?.getAttribute('aria-expanded')).toBe('true')
})

test('what is typed in quick succession jumps to the line that begins so; numbers mean pids and ports', async () => {
  const host = await openGroupPage('Processes')
  await key('r')
  await key('e')
  expect([activeLine(), document.querySelector('.type-ahead .typed')?.textContent]).toEqual(['redis-server', 're'])
  await key('x')
  expect(document.querySelector('.type-ahead .none')?.textContent).toBe('Nothing here begins so.')
  host.clock.advance(typeAheadPauseMs)
  await settle()
  await key('8')
  expect(activeLine()).toBe('shop')
  await press([...document.querySelectorAll<HTMLElement>('nav .tab')].find((tab) => tab.textContent?.trim() === 'Listening ports'))
  await key('9')
  expect(activeLine()).toBe('9000TCP')
})

test('the lines are a tree grid whose rows say their place, level, and whether they are unfolded', async () => {
  await openGroupPage('Processes')
  await key('Home')
  await key('ArrowRight')
  const [first, second] = bodies()
  expect([grid().getAttribute('aria-rowcount'), grid().getAttribute('aria-activedescendant')]).toEqual(['9', first?.id])
  expect(['aria-rowindex', 'aria-level', 'aria-expanded', 'aria-selected'].map((name) => first?.getAttribute(name))).toEqual([
    '2',
    '1',
    'true',
    'true',
  ])
  expect(['aria-rowindex', 'aria-level', 'aria-expanded', 'aria-selected'].map((name) => second?.getAttribute(name))).toEqual([
    '3',
    '2',
    null,
    'false',
  ])
})

test('a branch of the tree folds with all that is below it; sockets of its own stand on a line among its children', async () => {
  const host = await openGroupPage('Processes')
  host.answers.getProcess = async ({ pid, startToken }) => {
    const parents =
      pid === 90 ? [{ pid: 812, name: 'shop' }, { pid: 50, name: 'bash' }, { pid: 1 }] : [{ pid: 50, name: 'bash' }, { pid: 1 }]
    const details: ProcessDetails = { pid, startToken, takenAt: 0, parents, children: [], childCount: 0, untold: {} }
    return succeed(details)
  }
  await press(byText('.choice button', 'Tree'))
  expect(names()).toEqual(['bash', 'shop', '6 own sockets', 'redis-server'])
  await key('Home')
  await key('ArrowDown')
  await key('ArrowLeft')
  expect(names()).toEqual(['bash', 'shop'])
  await key('ArrowRight')
  await key('ArrowRight')
  await key('ArrowRight')
  expect([activeLine(), bodies().length]).toEqual(['6 own sockets', 10])
  await key('ArrowLeft')
  await key('Home')
  await key('ArrowLeft')
  expect([names(), grid().querySelector('.active')?.getAttribute('aria-expanded')]).toEqual([['bash'], 'false'])
  await key('Enter')
  expect([names(), shownPage()]).toEqual([['bash', 'shop', '6 own sockets', 'redis-server'], 'Processes'])
})
