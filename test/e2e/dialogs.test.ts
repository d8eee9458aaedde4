/**
 * Every dialog and menu by keyboard alone: the keyboard goes in, stays in and comes back to where it was; Escape closes what lies on top
 * and nothing else; and the keys of the window rest meanwhile.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWhois } from './open-whois.ts'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

let app: WebApp
let server: OwnProcess
let client: Socket
beforeAll(async () => {
  server = await startOwnProcess('listen')
  client = connect(server.port, '127.0.0.1')
  client.on('error', () => {})
  await once(client, 'connect')
  app = await startWebApp()
  app.page.setDefaultTimeout(6000)
  await app.search(`port:${server.port}`)
  await app.rows('LISTEN').first().waitFor()
  await app.rows('ESTABLISHED').nth(1).waitFor()
})
afterAll(async () => {
  client.destroy()
  await app.stop()
  await server.stop()
})

// Whatever a test that failed left open.
afterEach(async () => {
  for (let left = 3; left > 0 && (await app.page.locator('[role=dialog], [role=menu]').count()) > 0; left -= 1) {
    await app.page.locator('[role=dialog], [role=menu]').last().press('Escape')
  }
})

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await app.page.keyboard.press(key)
}
/** Role and name of what has the keyboard. */
const focused = (): Promise<string> =>
  app.page.evaluate(() => {
    const { activeElement: active } = document
    return `${active?.getAttribute('role') ?? active?.tagName ?? ''} ${active?.getAttribute('aria-label') ?? ''}`.trim()
  })
const focusIn = (selector: string): Promise<boolean> =>
  app.page.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector)
const runCommand = async (words: string): Promise<void> => {
  await press('Control+k')
  await app.page.getByRole('combobox', { name: 'Command palette' }).fill(words)
  await press('Enter')
}
/** Selects a row from the keyboard: the listener is the one without a peer. */
const select = async (state: 'LISTEN' | 'ESTABLISHED'): Promise<void> => {
  await press('Home')
  const active = app.page.locator('.connection-row.row-selected:not([hidden])')
  for (let step = 0; step < 4 && !(await active.innerText()).includes(state); step += 1) await press('ArrowDown')
  expect(await active.innerText()).toContain(state)
}

const dialogs: readonly (readonly [name: string, open: () => Promise<void>])[] = [
  ['Command palette', () => press('Control+k')],
  ['Keyboard shortcuts', () => press('?')],
  ['Settings', () => press('Control+,')],
  ['About Sockscope', () => runCommand('About')],
  ['Watch rules', () => runCommand('Watch rules')],
  ['Columns', () => runCommand('Choose columns')],
  ['Views', () => runCommand('Manage views')],
  ['End process', () => select('LISTEN').then(() => press('Delete'))],
  ['Close connection', () => select('ESTABLISHED').then(() => press('Shift+Delete'))],
  ['Trace headers', () => select('ESTABLISHED').then(() => runCommand('Trace headers'))],
  ['Whois', () => openWhois(app.page)],
]

/** What a key may have done behind a dialog or a menu. */
const behind = (): Promise<unknown> =>
  app.page.evaluate(() => ({
    page: document.querySelector('nav [aria-current=page]')?.textContent?.trim(),
    dialogs: document.querySelectorAll('[role=dialog]').length,
    frozen: document.querySelector('.mode.paused:not(.held)') !== null,
    search: document.querySelector<HTMLInputElement>('[role=search] input')?.value,
    details: document.querySelector('.details') !== null,
    typed: document.querySelector('.type-ahead')?.textContent ?? 'nothing',
    told: document.querySelectorAll('.toast').length,
    selected: [...document.querySelectorAll('.connection-row.row-selected:not([hidden])')].map((row) =>
      ['localPort', 'remotePort'].map((id) => row.querySelector(`.cell-${id}`)?.textContent),
    ),
  }))
const keysOfTheWindow = [' ', '/', '?', 'n', 'Delete', 'Shift+Delete', 'Control+k', 'Control+,', 'Alt+Shift+3', 'F1', 'F8', 'Control+f']

describe.each(dialogs)('the dialog %s', (_name, open) => {
  beforeEach(async () => {
    await app.page.locator('.toast').first().waitFor({ state: 'detached', timeout: 12_000 })
    await app.page.getByRole('grid').focus()
    await open()
    await app.page.getByRole('dialog').waitFor()
  })

  it('takes the keyboard, keeps it, and gives it back when Escape closes it', async () => {
    await expect.poll(() => focusIn('[role=dialog]')).toBe(true)
    expect(await app.page.getByRole('dialog').evaluate((dialog) => dialog.getAttribute('aria-labelledby') ?? '')).not.toBe('')
    const left: string[] = []
    for (const key of [...Array<string>(40).fill('Tab'), ...Array<string>(25).fill('Shift+Tab')]) {
      await press(key)
      if (!(await focusIn('[role=dialog]'))) left.push(`${key}: ${await focused()}`)
    }
    expect(left).toEqual([])
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('grid Connections')
  })

  it('keeps the keys of the window from what lies behind', async () => {
    await expect.poll(() => focusIn('[role=dialog]')).toBe(true)
    const before = await behind()
    // Not in a field, where letters are text, nor on a button, which Space presses.
    await app.page.getByRole('dialog').evaluate((dialog: HTMLElement) => {
      dialog.tabIndex = -1
      const other = document.createElement('span')
      other.tabIndex = -1
      dialog.append(other)
      other.focus()
    })
    for (const key of keysOfTheWindow) {
      await press(key)
      expect({ key, after: await behind() }).toEqual({ key, after: before })
    }
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

const has = (): Promise<string> => app.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

describe('within a dialog the keyboard is not lost', () => {
  beforeEach(() => app.page.getByRole('grid').focus())

  it('when the button that was pressed moves with its line', async () => {
    await runCommand('Choose columns')
    await app.page.getByRole('button', { name: 'Pin User' }).press('Enter')
    await expect.poll(has).toBe('Unpin User')
    await press('Enter')
    await expect.poll(has).toBe('Pin User')
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('grid Connections')
  })

  it('when a form takes the place of a list, and the list that of the form', async () => {
    await runCommand('Watch rules')
    const add = app.page.getByRole('button', { name: 'Add a rule' })
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true)
    await press('Enter')
    await app.page.getByRole('button', { name: 'Save rule' }).waitFor()
    await expect.poll(() => focusIn('[role=dialog] input')).toBe(true)
    await app.page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true)
    await press('Escape')
  })

  it('when one dialog takes the place of another', async () => {
    await press('Control+,')
    await app.page.getByRole('button', { name: 'Open watch rules…' }).press('Enter')
    await app.page.getByRole('dialog', { name: 'Watch rules' }).waitFor()
    await expect.poll(() => focusIn('[role=dialog]')).toBe(true)
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('grid Connections')
  })
})

describe('the menu of a row', () => {
  beforeEach(async () => {
    await app.page.getByRole('grid').focus()
    await select('LISTEN')
    await press('Shift+F10')
    await app.page.getByRole('menu').waitFor()
  })

  it('opens another beside it with an arrow; Escape closes one at a time and gives the keyboard back', async () => {
    const copyAs = app.page.getByRole('menuitem', { name: 'Copy as' })
    const highlighted = (): Promise<string> => app.page.locator('.menu-item[data-highlighted]').last().innerText()
    for (let step = 0; step < 20 && !(await copyAs.evaluate((item) => item === document.activeElement)); step += 1) await press('ArrowDown')
    await press('ArrowRight')
    await expect.poll(() => app.page.getByRole('menu').count()).toBe(2)
    await expect.poll(highlighted).toContain('CSV')
    await press('ArrowLeft')
    await expect.poll(() => app.page.getByRole('menu').count()).toBe(1)
    expect(await copyAs.evaluate((item) => item === document.activeElement)).toBe(true)
    await press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('grid Connections')
  })

  it('keeps the keys of the window from what lies behind', async () => {
    const before = await behind()
    for (const key of ['/', '?', 'Delete', 'Shift+Delete', 'Control+k', 'Alt+Shift+3', 'F8']) {
      await press(key)
      expect({ key, after: await behind() }).toEqual({ key, after: before })
    }
    await press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
  })
})

describe('in a field', () => {
  it('letters and Space are text, and the table keeps still only by what belongs to it', async () => {
    await press('/')
    expect(await focusIn('[role=search]')).toBe(true)
    const before = await app.page.getByRole('search').getByRole('combobox').inputValue()
    await press('End', ' ', 'n', '?', 'Backspace', 'Backspace', 'Backspace')
    expect(await app.page.getByRole('search').getByRole('combobox').inputValue()).toBe(before)
    expect(await behind()).toMatchObject({ dialogs: 0, frozen: false, typed: 'nothing', page: 'Connections' })
    await press('Escape', 'Escape', 'Escape')
    await app.search(`port:${server.port}`)
  })
})

it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
