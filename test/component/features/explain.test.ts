/** The explanation of the selected row, the machine beside it, and the ways to the reference and back. */
import { expect, test, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import { fail, succeed } from '../../../src-shared/contract/result.ts'
import type { ConnectionStory } from '../../../src-shared/contract/story.ts'
import type { StateDialect } from '../../../src-shared/model/state-spelling.ts'
import { defaultSettings } from '../../../src-shared/model/settings.ts'
import type { Locale } from '../../../src-renderer/i18n/messages.ts'
import { buildStory, type StoryInput } from '../../builders/story-builder.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

const text = (selector: string): string => document.querySelector(selector)?.textContent?.replaceAll(/\s+/gu, ' ').trim() ?? ''
const press = async (target: Element | null | undefined, key: string, options: KeyboardEventInit = {}): Promise<void> => {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
  await settle()
}
const click = async (target: Element | null | undefined): Promise<void> => {
  target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  await settle()
}
const grid = (): Element | null => document.querySelector('[role=grid]')
const part = (id: string): SVGElement | null => document.querySelector<SVGElement>(`.machine [data-part="${id}"]`)
const page = (): string => text('.tab[aria-current=page]')

async function detailsOf(
  input: StoryInput,
  { locale = 'en', dialect = 'rfc' }: { locale?: Locale; dialect?: StateDialect } = {},
): Promise<FakeHost> {
  const { state = 'ESTABLISHED' } = input
  const host = createFakeHost([
    { id: 1, local: '192.0.2.1:40000', remote: '198.51.100.3:443', state, owner: { name: 'curl', pid: 42, startToken: '1' } },
  ])
  host.settings = { ...defaultSettings, stateDialect: dialect, language: locale }
  host.answers.getConnectionStory = async () => succeed(buildStory({ ...input, state }))
  host.answers.getKernelSettings = async () => succeed({ takenAt: 1, means: [], unread: [], settings: [] })
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  mountWithHost(host, App, { locale })
  await settle()
  await press(grid(), 'ArrowDown')
  await press(grid(), 'Enter')
  return host
}

test('the details say what the state means here, who must act next, and whether that is normal', async () => {
  const host = await detailsOf({ state: 'CLOSE_WAIT', ageMs: 120_000 })
  expect(host.callsOf('getConnectionStory')).toEqual([{ id: 'c0000000000000001' }])
  expect(text('.explanation .verdict')).toBe('Stuck')
  expect(text('.explanation .parts')).toContain('Who acts nextcurl (PID 42) must close the socket.')
  expect(text('.explanation .parts')).toContain('Who closed firstThe peer closed first.')
  expect(text('.explanation .wrong-advice summary')).toBe('Often said, and wrong (2)')
})

test('it speaks Chinese, and writes states as the reader has chosen', async () => {
  await detailsOf({ state: 'SYN_RECEIVED', ageMs: 10 }, { locale: 'zh-CN', dialect: 'ss' })
  expect(text('.explanation .verdict')).toBe('正常')
  expect(text('.explanation .parts')).toContain('状态变为 ESTAB')
  expect(part('SYN_RECEIVED')?.textContent?.trim()).toBe('SYN-RECV')
})

test('it asks again after a look, and only then', async () => {
  const host = await detailsOf({ state: 'FIN_WAIT_2', ageMs: 10 })
  host.emit('looked', host.status())
  await settle()
  expect(host.callsOf('getConnectionStory').length).toBe(1)
  host.builder.delta({})
  host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
  await settle()
  expect(host.callsOf('getConnectionStory').length).toBe(2)
})

test('it says so when the connection is gone, and nothing of an engine without the call', async () => {
  const host = await detailsOf({ state: 'FIN_WAIT_2', ageMs: 10 })
  host.answers.getConnectionStory = async () => fail('not-found', 'gone')
  host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
  await settle()
  expect(document.querySelector('.explanation .parts')).toBeNull()
  expect(text('.explanation [role=status]')).toMatch(/^This connection is gone: /u)
  expect(text('.details')).toContain('192.0.2.1:40000')
  host.answers.getConnectionStory = async () => fail('unknown-call', 'an older engine')
  host.builder.delta({})
  host.emit('looked', { ...host.status(), sequence: host.builder.sequence + 1 })
  await settle()
  expect(document.querySelector('.explanation [role=status]')).toBeNull()
})

test('the machine marks the present state and the way it was seen to take', async () => {
  const path: ConnectionStory['path'] = [
    { state: 'SYN_SENT', since: 1_795_161_540_000 },
    { state: 'ESTABLISHED', since: 1_795_161_541_000 },
  ]
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10, path })
  expect(part('ESTABLISHED')?.getAttribute('aria-current')).toBe('true')
  expect(part('SYN_SENT')?.getAttribute('aria-label')).toMatch(/^SYN-SENT, seen at \d\d:\d\d:\d\d$/u)
  expect(part('SYN_SENT-ESTABLISHED')?.classList.contains('taken')).toBe(true)
  expect(document.querySelectorAll('.machine .taken').length).toBe(1)
  expect(text('.machine .told')).toBe('ESTABLISHED: Open in both directions; it may be idle.')
})

test('the keyboard walks through the machine and reads every step', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  const stops = document.querySelectorAll('.machine [tabindex="0"]')
  expect([...stops].map((stop) => stop.getAttribute('data-part'))).toEqual(['ESTABLISHED'])
  part('ESTABLISHED')?.focus()
  await press(document.activeElement, 'ArrowDown')
  expect(document.activeElement?.getAttribute('data-part')).toBe('ESTABLISHED-FIN_WAIT_1')
  expect(text('.machine .told')).toBe('ESTABLISHED to FIN-WAIT-1: our program closes or shuts down sending: FIN goes out')
  await press(document.activeElement, 'ArrowDown')
  await press(document.activeElement, 'ArrowRight')
  expect(document.activeElement?.getAttribute('data-part')).toBe('CLOSE_WAIT')
  await press(document.activeElement, 'Enter')
  expect(page()).toBe('Reference')
  expect(text('.reference .entry[aria-current=true]')).toBe('CLOSE-WAIT')
})

test('a button leads to the machine where it stands below the words, and the keyboard goes with it', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  const panel = document.querySelector<HTMLElement>('.explanation')?.parentElement
  if (panel == null) throw new Error('no panel')
  panel.style.overflowY = 'auto'
  const machine = part('ESTABLISHED')?.closest('figure')?.parentElement
  vi.spyOn(machine as HTMLElement, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 300, 600, 200))
  await click(byText('button', 'Show the state machine'))
  expect(panel.scrollTop).toBe(300 - 8)
  expect(document.activeElement).toBe(part('ESTABLISHED'))
})

test('pointing at an arrow tells its cause', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  part('FIN_WAIT_1-TIME_WAIT')?.dispatchEvent(new Event('pointerenter'))
  await settle()
  expect(text('.machine .told')).toContain("one segment brings the ACK of our FIN and the peer's FIN")
})

test('rows in states that the standard does not have get words and no machine', async () => {
  await detailsOf({ state: 'BOUND', ageMs: 10 })
  expect(text('.explanation .parts')).toContain('The standard has no such state.')
  expect(document.querySelector('.details .machine')).toBeNull()
  expect(byText('button', 'Show the state machine')).toBeUndefined()
})

test('F1 opens the reference at the state of the row, and its button leads back', async () => {
  await detailsOf({ state: 'TIME_WAIT', ageMs: 10 })
  await press(grid(), 'F1')
  expect(page()).toBe('Reference')
  expect(text('.reference article .heading')).toContain('TIME-WAIT')
  expect(text('.reference .wrong-advice')).toContain('Set tcp_tw_recycle to 1.')
  await click(byText('button', 'Back to Connections'))
  expect([page(), text('.details')]).toEqual(['Connections', expect.stringContaining('192.0.2.1:40000')])
  await click(byText('.tab', 'Reference'))
  expect(byText('button', 'Back to Connections')).toBeUndefined()
})

test('the legend leads to the entry of each state, by key and by right click', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  const chip = [...document.querySelectorAll('.chip')].find((each) => each.textContent.includes('LAST-ACK'))
  await press(chip, 'F1')
  expect(text('.reference .entry[aria-current=true]')).toBe('LAST-ACK')
  await click(byText('button', 'Back to Connections'))
  const other = [...document.querySelectorAll('.chip')].find((each) => each.textContent.includes('CLOSING'))
  other?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
  await settle()
  expect(text('.reference .entry[aria-current=true]')).toBe('CLOSING')
})

test('the reference can be searched, shows every overview, and leads to the rows of a state', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  await click(byText('.tab', 'Reference'))
  const search = document.querySelector<HTMLInputElement>('.reference .search')
  if (search === null) throw new Error('no search')
  search.value = 'finwait2'
  search.dispatchEvent(new Event('input'))
  await settle()
  expect(text('.reference article .heading')).toContain('FIN-WAIT-2')
  await click(byText('button', 'Show its rows'))
  expect(page()).toBe('Connections')
  expect(text('.chip[aria-pressed=true]')).toContain('FIN-WAIT-2')
  await click(byText('.tab', 'Reference'))
  for (const [overview, row] of [
    ['Steps and socket calls', 'shutdown(SHUT_WR)'],
    ['Spellings on every system', 'SYN_RCVD'],
    ['Often said, and wrong', 'SO_EXCLUSIVEADDRUSE'],
    ['What netstat shows, here', 'netstat -r'],
  ] as const) {
    await click(byText('.reference .entry', overview))
    expect(text('.reference .article')).toContain(row)
  }
})

test('the reference says so when nothing mentions what was searched for', async () => {
  await detailsOf({ state: 'ESTABLISHED', ageMs: 10 })
  await click(byText('.tab', 'Reference'))
  const search = document.querySelector<HTMLInputElement>('.reference .search')
  if (search === null) throw new Error('no search')
  search.value = 'zzz'
  search.dispatchEvent(new Event('input'))
  await settle()
  expect(text('.reference .none')).toBe('Nothing here mentions zzz.')
})
