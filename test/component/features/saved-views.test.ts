import { beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../../../src-renderer/App.vue'
import { noFilters } from '../../../src-shared/model/kept-filters.ts'
import type { SavedView } from '../../../src-shared/model/saved-view.ts'
import { saveAfterMs } from '../../../src-renderer/stores/table-layout.ts'
import { createFakeHost, type FakeHost } from '../support/fake-host.ts'
import { byText, mountWithHost, settle } from '../support/mount-with-host.ts'

// A document without layout has no canvas to draw on.
vi.mock('uplot', () => ({ default: vi.fn<() => void>() }))

const remotes: SavedView = {
  name: 'Networks',
  page: 'remotes',
  filters: { ...noFilters, text: 'rport:443' },
  grouping: 'network',
  groupSort: { column: 'received', descending: true },
}
const web: SavedView = {
  name: 'Web',
  page: 'connections',
  filters: { text: 'port:80', hidden: ['udp'], states: ['ESTABLISHED'] },
  table: { columns: [{ id: 'pid', hidden: true, pinned: false }], sort: [{ column: 'state', descending: true }], density: 'compact' },
}
const copied: string[] = []
beforeEach(() => {
  copied.length = 0
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text))
})

async function openWith(views: readonly SavedView[]): Promise<FakeHost> {
  const host = createFakeHost([{ remote: '192.0.2.1:443' }])
  host.settings = { ...host.settings, language: 'en', views: [...views] }
  mountWithHost(host, App)
  await settle()
  return host
}
const press = async (element: HTMLElement | null | undefined): Promise<void> => {
  if (element == null) throw new Error('nothing to press')
  element.click()
  await settle()
}
const page = (): string | undefined => document.querySelector('nav [aria-current=page]')?.textContent?.trim()
const pressDigit = async (digit: number): Promise<void> => {
  window.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: String(digit),
      code: `Digit${digit}`,
      ctrlKey: true,
      altKey: true,
      bubbles: true,
      cancelable: true,
    }),
  )
  await settle()
}
const openDialog = async (): Promise<void> => {
  const trigger = byText('button', 'Views')
  trigger?.focus()
  await press(trigger)
  await press(byText('[role=menuitem]', 'Manage views…'))
}
const type = async (input: HTMLInputElement | HTMLTextAreaElement | null, text: string, event = 'input'): Promise<void> => {
  if (input === null) throw new Error('nothing to type into')
  input.value = text
  input.dispatchEvent(new Event(event, { bubbles: true }))
  await settle()
}
const sortByTitle = async (title: string): Promise<void> =>
  press([...document.querySelectorAll<HTMLElement>('.connection-title')].find((each) => each.textContent?.trim() === title))
const labelled = (label: string): HTMLElement | null => document.querySelector(`[aria-label="${label}"]`)
const names = (host: FakeHost): string[] => host.settings.views.map(({ name }) => name)

describe('saved views', () => {
  it('open with a key: page, search, grouping and order', async () => {
    await openWith([web, remotes])
    await pressDigit(2)
    expect(page()).toBe('Remote hosts')
    expect(document.querySelector<HTMLInputElement>('main[aria-label] [role=search] input')?.value).toBe('rport:443')
    expect(document.querySelector('.choice [aria-pressed=true]')?.textContent?.trim()).toBe('Network')
    expect(document.querySelector('[aria-sort=descending]')?.textContent?.trim()).toBe('Received')
  })

  it('open the table with its switches, states and columns', async () => {
    const host = await openWith([web])
    await pressDigit(1)
    expect(page()).toBe('Connections')
    expect(document.querySelector<HTMLInputElement>('.page [role=search] input')?.value).toBe('port:80')
    expect(byText('.toggles button', 'UDP')?.getAttribute('aria-pressed')).toBe('false')
    expect(host.settings.table).toEqual({ ...host.settings.table, ...web.table })
  })

  it('are saved as what is on screen, and never twice under one name', async () => {
    const host = await openWith([remotes])
    await pressDigit(1)
    await openDialog()
    const input = document.querySelector<HTMLInputElement>('#new-view')
    await type(input, 'Networks')
    expect(document.querySelector('#new-view-problem')?.textContent).toBe('A view has this name already.')
    await type(input, ' Mine ')
    document.querySelector<HTMLFormElement>('form.new')?.requestSubmit()
    await settle()
    expect(host.settings.views).toEqual([remotes, { ...remotes, name: 'Mine' }])
  })

  it('are renamed, moved, copied as text and deleted', async () => {
    const host = await openWith([web, remotes])
    await openDialog()
    await type(labelled('Rename Web') as HTMLInputElement, 'Servers', 'change')
    expect(names(host)).toEqual(['Servers', 'Networks'])
    await type(labelled('Rename Servers') as HTMLInputElement, 'Networks', 'change')
    expect(names(host)).toEqual(['Servers', 'Networks'])
    await press(labelled('Move Servers down'))
    expect(names(host)).toEqual(['Networks', 'Servers'])
    await press(labelled('Copy Networks as text'))
    expect(copied).toEqual(['sockscope-view:1 page=remotes name=Networks query=rport:443 group=network order=-received'])
    await press(labelled('Delete Networks'))
    expect(names(host)).toEqual(['Servers'])
  })

  it('take over what is on screen when asked to', async () => {
    const host = await openWith([remotes])
    await pressDigit(1)
    await press(byText('.choice button', 'Address'))
    await press(byText('button', 'Views'))
    await press(byText('[role=menuitem]', 'Update “Networks” with what is shown'))
    expect(host.settings.views).toEqual([{ ...remotes, grouping: 'address' }])
  })

  it('take over the order of a view that was opened since the person sorted, not the one before', async () => {
    const host = await openWith([web])
    await sortByTitle('Process')
    host.clock.advance(saveAfterMs)
    await settle()
    await pressDigit(1)
    await press(byText('button', 'Views'))
    await press(byText('[role=menuitem]', 'Update “Web” with what is shown'))
    expect(host.settings.views[0]?.table?.sort).toEqual(web.table?.sort)
    expect(host.settings.views[0]?.table?.density).toBe('compact')
  })

  it('win over an order that the person chose a moment before and that is not saved yet', async () => {
    const host = await openWith([web])
    await sortByTitle('Process')
    await pressDigit(1)
    host.clock.advance(saveAfterMs)
    await settle()
    expect(host.settings.table).toEqual({ ...host.settings.table, ...web.table })
    expect(document.querySelector('[role=columnheader][aria-sort=descending]')?.textContent?.trim()).toContain('State')
  })

  it('come from a text, of which every part that is not understood is told', async () => {
    const host = await openWith([])
    await openDialog()
    const text = document.querySelector('textarea')
    await type(text, 'nonsense')
    expect(document.querySelector('.told')?.textContent).toContain('This is no text of a view.')
    await type(text, 'sockscope-view:1 page=listening name=Ports query=port:22 colour=blue group=program')
    expect(document.querySelector('.told')?.textContent).toContain('Ports · Listening ports · port:22')
    expect(document.querySelector('.told .ignored')?.textContent).toBe('Not understood and left out: colour=blue')
    await press(byText('[role=dialog] button', 'Save as a view'))
    expect(page()).toBe('Listening ports')
    expect(host.settings.views).toEqual([
      { name: 'Ports', page: 'listening', filters: { ...noFilters, text: 'port:22' }, grouping: 'program' },
    ])
  })

  it('open without a search that this version does not understand, and say so', async () => {
    await openWith([{ ...remotes, filters: { ...noFilters, text: 'planet:mars' } }])
    await pressDigit(1)
    expect(page()).toBe('Remote hosts')
    expect(document.body.textContent).toContain('Opened “Networks” without its search')
  })
})
