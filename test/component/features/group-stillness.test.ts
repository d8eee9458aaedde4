/** A page of groups that holds still while a person is about to act. */
import { expect, test, vi } from 'vitest'
import { bodies, grid, key, look, names, openGroupPage, press, usualRows } from '../support/group-page.ts'
import { byText, settle } from '../support/mount-with-host.ts'
import type { RowInput } from '../../builders/mirror-builder.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const busy: RowInput[] = [
  ...usualRows,
  ...Array.from({ length: 9 }, (_, index): RowInput => ({
    id: 20 + index,
    remote: `203.0.113.${index}:80`,
    owner: { name: 'crawler', pid: 5, startToken: 'c' },
  })),
]
const sign = (): string => document.querySelector('.mode')?.textContent ?? ''
const windowKey = async (type: 'keydown' | 'keyup', name: string, options: KeyboardEventInit = {}): Promise<void> => {
  ;(document.activeElement ?? window).dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true, ...options }))
  await settle()
}
const pointAt = async (line: HTMLElement | undefined): Promise<void> => {
  line?.dispatchEvent(Object.assign(new Event('pointermove', { bubbles: true }), { getModifierState: () => false }))
  await settle()
}

const ends = (): (string | undefined)[] =>
  [...grid().querySelectorAll('.socket .end:first-child')].map((end) => end.textContent ?? undefined)

test('frozen, nothing moves until it goes on; another order is shown all the same', async () => {
  const host = await openGroupPage('Processes')
  await key('Home')
  await windowKey('keydown', ' ')
  expect(sign()).toBe('Paused')
  await look(host, busy)
  expect(names()).toEqual(['shop', 'redis-server'])
  expect(document.querySelector('.waiting')?.textContent).toContain('1 look is waiting')
  await press(byText('.box [role=columnheader] button', 'Process'))
  expect(names()).toEqual(['redis-server', 'shop'])
  grid().focus()
  await windowKey('keydown', ' ')
  expect(names()).toEqual(['crawler', 'redis-server', 'shop'])
})

test('a look that is asked for while frozen is shown, as in the table', async () => {
  const host = await openGroupPage('Processes')
  await windowKey('keydown', ' ')
  await look(host, busy)
  expect(names()).toEqual(['shop', 'redis-server'])
  await windowKey('keydown', 'F5')
  expect([sign(), names()]).toEqual(['Paused', ['crawler', 'shop', 'redis-server']])
})

test('Ctrl holds the page while it is down', async () => {
  const host = await openGroupPage('Remote hosts')
  const before = names()
  await windowKey('keydown', 'Control', { ctrlKey: true })
  expect(sign()).toBe('Held while Ctrl is down')
  await look(host, busy)
  expect(names()).toEqual(before)
  await windowKey('keyup', 'Control')
  expect(names().length).toBeGreaterThan(before.length)
})

test('an open menu holds the page until what was chosen has begun', async () => {
  const host = await openGroupPage('Processes')
  bodies()[1]
    ?.querySelector('[role=gridcell]')
    ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
  await settle()
  expect(sign()).toBe('Held while the menu is open')
  await look(host, [])
  expect(names()).toEqual(['shop', 'redis-server'])
  await press([...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.textContent?.includes('End process')))
  expect(host.callsOf('previewEndProcess')).toEqual([{ pid: 90, startToken: 'b' }])
  expect(sign()).toBe('Live')
})

test('below the pointer lines keep their order and new ones come last, until it leaves or rests', async () => {
  const host = await openGroupPage('Processes')
  await pointAt(bodies()[0])
  await look(host, busy)
  expect(names()).toEqual(['shop', 'redis-server', 'crawler'])
  host.clock.advance(10_000)
  await settle()
  expect(names()).toEqual(['crawler', 'shop', 'redis-server'])
  await pointAt(bodies()[0])
  await look(host, usualRows)
  await look(host, busy)
  expect(names()).toEqual(['shop', 'redis-server', 'crawler'])
  grid().querySelector('.lines')?.dispatchEvent(new Event('pointerleave'))
  await settle()
  expect(names()).toEqual(['crawler', 'shop', 'redis-server'])
})

test('who has rows sorted on request only has groups sorted on request only', async () => {
  const host = await openGroupPage('Processes', { settings: { keepSorted: false } })
  expect(names()).toEqual(['shop', 'redis-server'])
  await look(host, busy)
  expect(names()).toEqual(['shop', 'redis-server', 'crawler'])
  await press(byText('.box [role=columnheader] button', 'Process'))
  expect(names()).toEqual(['crawler', 'redis-server', 'shop'])
})

test('sockets below a group stay in the order in which they came, whichever of them close', async () => {
  const host = await openGroupPage('Processes')
  await key('Home')
  await key('ArrowRight')
  expect(ends()).toEqual(['0.0.0.0:443', '[::]:443', '192.0.2.10:443', '192.0.2.10:443', '127.0.0.1:9000', '192.0.2.10:40000'])
  await look(host, usualRows.filter(({ id }) => id !== 1 && id !== 3).toReversed())
  expect(ends()).toEqual(['[::]:443', '192.0.2.10:443', '127.0.0.1:9000', '192.0.2.10:40000'])
})
