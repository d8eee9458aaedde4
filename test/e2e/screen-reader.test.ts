/** The table as Chromium tells it to a screen reader: what the grid says of itself, and what is read as the keyboard moves. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Looks come once a second; a busy machine takes longer. */
const patience = { timeout: 15_000 }

let app: WebApp
let server: OwnProcess
let client: Socket
let cdp: CDPSession
beforeAll(async () => {
  server = await startOwnProcess('listen')
  client = await opened()
  app = await startWebApp(['--allow-actions'], {}, { tourDone: true, highlightMs: 30_000 })
  cdp = await app.page.context().newCDPSession(app.page)
  await cdp.send('Accessibility.enable')
  await app.search(`port:${server.port}`)
  await app.rows().nth(2).waitFor()
  await app.page.getByRole('grid').focus()
})
afterAll(async () => {
  client.destroy()
  await app.stop()
  await server.stop()
})

async function opened(): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}
const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await app.page.keyboard.press(key)
}

interface Told {
  readonly role: unknown
  readonly name: unknown
  readonly selected?: unknown
  readonly modal?: unknown
  readonly multiselectable?: unknown
}
/** What the accessibility tree has of the first match. */
async function told(selector: string): Promise<Told> {
  const { root } = await cdp.send('DOM.getDocument', { depth: 0 })
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const { nodes } = await cdp.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false })
  const [node] = nodes
  const property = (name: string): unknown => node?.properties?.find((each) => each.name === name)?.value.value
  const wanted = ['selected', 'modal', 'multiselectable'].flatMap((name) => (property(name) === undefined ? [] : [[name, property(name)]]))
  return { role: node?.role?.value, name: node?.name?.value, ...Object.fromEntries(wanted) }
}
const attribute = (selector: string, name: string): Promise<string | null> => app.page.locator(selector).first().getAttribute(name)
/** What is read out when the keyboard has moved: that to which the grid points. */
async function active(): Promise<Told> {
  const id = await attribute('[role=grid]', 'aria-activedescendant')
  return id === null ? { role: 'none', name: '' } : told(`[id="${id}"]`)
}

const sorted = (): Promise<(string | null)[]> =>
  app.page
    .getByRole('columnheader')
    .evaluateAll((titles) => titles.map((title) => title.getAttribute('aria-sort')).filter((sort) => sort !== 'none'))

describe('a screen reader', () => {
  it('hears what the table is and how large', async () => {
    expect(await told('[role=grid]')).toEqual({ role: 'grid', name: 'Connections', multiselectable: true })
    expect(await attribute('[role=grid]', 'aria-rowcount')).toBe('4')
    expect(Number(await attribute('[role=grid]', 'aria-colcount'))).toBeGreaterThan(30)
    expect(await attribute('.connection-header', 'aria-rowindex')).toBe('1')
  })

  it('hears a whole row at each arrow, with its place, and whether it is selected', async () => {
    await press('ArrowDown')
    const names: unknown[] = []
    for (const index of [2, 3, 4]) {
      const rowIndex = async (): Promise<string | null> =>
        attribute(`[id="${await attribute('[role=grid]', 'aria-activedescendant')}"]`, 'aria-rowindex')
      await expect.poll(rowIndex).toBe(String(index))
      const row = await active()
      expect(row).toMatchObject({ role: 'row', selected: true })
      names.push(row.name)
      await press('ArrowDown')
    }
    expect(new Set(names).size).toBe(3)
    expect(names.filter((name) => String(name).includes('LISTEN')).length).toBe(1)
    for (const name of names) expect(String(name)).toContain(`TCP`)
    // Moving on without selecting says so.
    await press('Control+ArrowUp')
    await expect.poll(active).toMatchObject({ role: 'row', selected: false })
    await press('Home')
  })

  it('hears single cells with the arrows to the side, and their column by its number', async () => {
    await press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    const name = expect.stringMatching(/^(?:LISTEN|ESTABLISHED)$/u)
    await expect.poll(active).toMatchObject({ role: 'gridcell', name })
    const id = await attribute('[role=grid]', 'aria-activedescendant')
    const column = await attribute(`[id="${id}"]`, 'aria-colindex')
    expect(await told(`[role=columnheader][aria-colindex="${column}"]`)).toMatchObject({ role: 'columnheader', name: 'State' })
    await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')
    await expect.poll(async () => (await active()).role).toBe('row')
  })

  it('hears the titles without their signs, and by which one is sorted', async () => {
    await press('Home', 'ArrowUp', 'Home')
    await expect.poll(active).toMatchObject({ role: 'columnheader', name: 'Process' })
    expect(await sorted()).toEqual(['ascending'])
    await press('Enter')
    await expect.poll(sorted).toEqual(['descending'])
    await press('ArrowRight', 'ArrowRight', 'Shift+Enter')
    // One title alone, as ARIA wants it; the others say it in their description.
    expect(await sorted()).toEqual(['descending'])
    expect(await attribute('[role=columnheader][data-column=protocol]', 'aria-description')).toMatch(/2/u)
    await press('Home', 'Enter', 'ArrowDown')
  })

  it('hears nothing of rows that come and go, until it asks', async () => {
    const region = app.page.locator('.toasts[aria-live=polite]')
    await press('F8')
    await region.getByText(/^3 of \d+ connections shown\./u).waitFor()
    await region.locator('.toast').waitFor({ state: 'detached', timeout: 12_000 })
    const heard = await app.page.evaluateHandle(() => {
      const texts: string[] = []
      const lives = document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')
      for (const live of lives)
        new MutationObserver(() => texts.push(live.textContent ?? '')).observe(live, {
          childList: true,
          characterData: true,
          subtree: true,
        })
      return texts
    })
    const other = await opened()
    await expect.poll(() => app.rows().count(), patience).toBe(5)
    client.destroy()
    await app.page.locator('.row-closed:not([hidden]), .row-changed:not([hidden])').first().waitFor({ timeout: 15_000 })
    expect(await heard.jsonValue()).toEqual([])
    await press('F8')
    await region.getByText(/2 new, \d closed since .+New: /u).waitFor()
    other.destroy()
  })

  it('hears the question of a dialog by its title, and that nothing else is there meanwhile', async () => {
    await press('Escape', 'ArrowDown', 'Delete')
    await app.page.getByRole('dialog').waitFor()
    expect(await told('[role=dialog]')).toMatchObject({ role: 'dialog', name: expect.stringMatching(/^End /u), modal: true })
    expect(await app.page.getByRole('grid').count()).toBe(0)
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await press('Shift+F10')
    await app.page.getByRole('menu').waitFor()
    expect(await told('[role=menu]')).toMatchObject({ role: 'menu', name: 'Row actions' })
    await press('Escape')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
