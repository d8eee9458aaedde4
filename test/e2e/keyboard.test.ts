/** A working day without a mouse: whatever can be done is reached by keys, and one always sees where the keyboard is. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const pages = ['Connections', 'Processes', 'Listening ports', 'Remote hosts', 'Diagnosis', 'Statistics', 'Reference'] as const
/** More stops than any page has before Tab comes round. */
const mostStops = 150

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
  await app.rows().first().waitFor()
})
afterAll(async () => {
  client.destroy()
  await app.stop()
  await server.stop()
})

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await app.page.keyboard.press(key)
}
const focusIn = (selector: string): Promise<boolean> =>
  app.page.evaluate((wanted) => document.activeElement?.closest(wanted) != null, selector)
const focusedText = (): Promise<string> =>
  app.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '')
/** Steps on with a key until what has the keyboard is called so. */
async function stepTo(name: RegExp, key = 'Tab'): Promise<void> {
  for (let steps = 0; steps < mostStops && !name.test(await focusedText()); steps += 1) await press(key)
  expect(await focusedText()).toMatch(name)
}

interface Stop {
  readonly name: string
  readonly problem: string
}
/** What has the keyboard, and what is wrong with how it shows that. Undefined when nothing of the page has it. */
const stop = (): Promise<Stop | undefined> =>
  app.page.evaluate(() => {
    const { activeElement: active } = document
    if (active === null || active === document.body || active === document.documentElement) return undefined
    const box = active.getBoundingClientRect()
    const text = active.getAttribute('aria-label') ?? active.textContent?.trim().slice(0, 40) ?? ''
    const name = `${active.tagName}.${active.getAttribute('class') ?? ''} ${text}`
    if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
      return { name, problem: 'out of sight' }
    const marks = [undefined, '::before', '::after'].some((part) => {
      const style = getComputedStyle(active, part)
      const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1
      return part === undefined ? outlined : outlined || (part === '::after' && active.getAttribute('role') === 'separator')
    })
    // Edges of the state machine and boxes in it are drawn, and so is what marks them.
    const drawn = active instanceof SVGElement
    return marks || drawn ? { name, problem: '' } : { name, problem: 'not to be seen' }
  })

describe('Tab', () => {
  it.each(pages)('goes through the page %s, and one always sees where it is', async (name) => {
    await press(`Alt+Shift+${pages.indexOf(name) + 1}`)
    await app.page.locator('nav [aria-current=page]', { hasText: name }).waitFor()
    if (name === 'Connections') {
      await app.page.getByRole('grid').focus()
      await press('ArrowDown', 'Enter')
      await app.page.getByRole('region', { name: 'Details' }).waitFor()
    }
    await app.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    const wrong: string[] = []
    const seen: string[] = []
    for (let steps = 0; steps < mostStops; steps += 1) {
      await press('Tab')
      const at = await stop()
      if (at === undefined) break
      seen.push(at.name)
      if (at.problem !== '') wrong.push(`${at.name}: ${at.problem}`)
    }
    expect(wrong).toEqual([])
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.length).toBeLessThan(mostStops)
    if (name === 'Connections') await press('Escape')
  })
})

describe('by keys alone one', () => {
  it('goes to a page by its tab, and lands where one can go on', async () => {
    await press('Alt+Shift+1')
    await app.page.getByRole('grid').focus()
    await press('Alt+Shift+5')
    await app.page.getByRole('main', { name: 'Diagnosis' }).waitFor()
    await expect.poll(() => focusIn('main')).toBe(true)
    await press('Alt+Shift+1')
    await expect.poll(() => focusIn('[role=grid]')).toBe(true)
  })

  it('goes from part to part of the window and round again, also back', async () => {
    const part = (): Promise<string> =>
      app.page.evaluate(() => {
        const found = document.activeElement?.closest('nav, [role=search], [role=grid], [role=toolbar], section, main, footer')
        return found?.getAttribute('aria-label') ?? found?.getAttribute('role') ?? found?.tagName ?? ''
      })
    await app.page.getByRole('grid').focus()
    await press('ArrowDown', 'Enter')
    await app.page.getByRole('region', { name: 'Details' }).waitFor()
    const passed: string[] = []
    for (let step = 0; step < 6; step += 1) {
      await press('F6')
      passed.push(await part())
    }
    expect(passed).toEqual(['Details', 'Status', 'Pages', 'search', 'States', 'Connections'])
    await press('Shift+F6')
    expect(await part()).toBe('States')
    await press('Alt+Shift+6', 'F6', 'F6', 'F6')
    expect(await part()).not.toBe('')
    await press('Alt+Shift+1')
    await app.page.getByRole('grid').focus()
    await press('Escape')
  })

  it('searches with what is offered, and takes chips away until the table has the keyboard again', async () => {
    await press('/')
    await app.page.keyboard.type('state:lis')
    await app.page.getByRole('option').first().waitFor()
    await press('ArrowDown', 'Enter')
    await app.page.keyboard.type(` lport:${server.port}`)
    await expect.poll(() => app.rows().count()).toBe(1)
    const chips = app.page.getByRole('toolbar', { name: 'Active filters' })
    await chips.waitFor()
    await stepTo(/^Remove/u)
    await press('Delete')
    await expect.poll(focusedText).toMatch(/^Remove/u)
    await press('Delete')
    await chips.waitFor({ state: 'detached' })
    await expect.poll(() => focusIn('[role=grid]')).toBe(true)
  })

  it('makes a column wider, moves it, and opens its menu at the title', async () => {
    const title = app.page.getByRole('columnheader', { name: 'Process' })
    const width = (): Promise<number> => title.evaluate((element) => Math.round(element.getBoundingClientRect().width))
    await app.page.getByRole('grid').focus()
    await press('Home', 'ArrowUp', 'Home')
    const before = await width()
    await press('Alt+ArrowRight', 'Alt+ArrowRight')
    await expect.poll(width).toBe(before + 16)
    await press('Control+Shift+ArrowRight')
    await expect.poll(() => title.getAttribute('aria-colindex')).toBe('2')
    await expect.poll(() => app.page.locator('.connection-title').first().innerText()).not.toContain('Process')
    await press('Control+Shift+ArrowLeft')
    await expect.poll(() => app.page.locator('.connection-title').first().innerText()).toContain('Process')
    await press('Alt+ArrowDown')
    await app.page.getByRole('menu').waitFor()
    await press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
    await press('Alt+Enter', 'ArrowDown')
    await expect.poll(() => focusIn('[role=grid]')).toBe(true)
  })

  it('opens the details, goes through their pages, closes them and is back in the table', async () => {
    await app.page.getByRole('grid').focus()
    await press('Home', 'Enter')
    const details = app.page.getByRole('region', { name: 'Details' })
    await details.waitFor()
    await stepTo(/^Connection$/u)
    for (const name of ['Process', 'History', 'Traffic', 'Both ends']) {
      await press('ArrowRight', 'Enter')
      await details.getByRole('tab', { name, selected: true }).waitFor()
    }
    await press('Escape')
    await details.waitFor({ state: 'detached' })
    await expect.poll(() => focusIn('[role=grid]')).toBe(true)
  })

  it('saves the table as a file from the toolbar', async () => {
    await press('/')
    await stepTo(/^Views/u)
    await press('ArrowRight')
    expect(await focusedText()).toBe('Save the table as a file')
    await press('Enter')
    await app.page.getByRole('menu').waitFor()
    const [download] = await Promise.all([app.page.waitForEvent('download'), press('Home', 'Enter')])
    expect(readFileSync(await download.path(), 'utf8').length).toBeGreaterThan(100)
    await expect.poll(focusedText).toBe('Save the table as a file')
  })

  it('hears where one is and what is new', async () => {
    await app.page.getByRole('grid').focus()
    await press('Home', 'Shift+F8')
    await app.page
      .locator('[aria-live=polite]')
      .getByText(/^Row 1 of \d+\. .+ Sorted by/u)
      .waitFor()
    await press('F8')
    await app.page
      .locator('[aria-live=polite]')
      .getByText(/^\d+ connections\./u)
      .waitFor()
  })

  it('ends a process, reads what came of it, and is back in the table', async () => {
    const victim = await startOwnProcess('listen')
    await press('/')
    await app.page.keyboard.type(`lport:${victim.port} pid:${victim.pid}`)
    await expect.poll(() => app.rows(String(victim.pid), String(victim.port)).count(), { timeout: 15_000 }).toBe(1)
    expect(await app.rows().count()).toBe(1)
    await app.page.getByRole('grid').focus()
    await press('ArrowDown')
    // Whatever went wrong so far, nothing but the process of this test may be ended.
    const selected = app.page.locator('.connection-row.row-selected:not([hidden])')
    expect([await selected.count(), await selected.innerText()]).toEqual([1, expect.stringContaining(String(victim.pid))])
    await press('Delete')
    const dialog = app.page.getByRole('dialog')
    await dialog.getByText(String(victim.pid)).first().waitFor()
    await expect.poll(focusedText).toBe('Cancel')
    await press('Tab', 'Enter')
    await victim.ended
    await expect.poll(focusedText).toBe('Close')
    await press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focusIn('[role=grid]')).toBe(true)
    await press('Escape')
  })
})

it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
