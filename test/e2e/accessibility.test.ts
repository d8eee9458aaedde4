import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Looks come once a second; a busy machine takes longer. */
const patience = { timeout: 25_000 }

/** What the browser computes for the first match. */
const styleOf = (app: WebApp, selector: string, property: string, pseudo?: string): Promise<string> =>
  app.page
    .locator(selector)
    .first()
    .evaluate((element, [name = '', part]) => getComputedStyle(element, part).getPropertyValue(name), [property, pseudo])

const cutTitles = (app: WebApp): Promise<(string | null)[]> =>
  app.page
    .locator('.connection-sort')
    .evaluateAll((titles) => titles.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent))

describe('the keyboard and what is not colour', () => {
  let app: WebApp
  let server: OwnProcess
  /** A socket that has ended knows its port no more. */
  const ports = new Map<Socket, string>()
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    // Long enough to be looked at on a machine that is busy: signs go with the colours.
    app = await startWebApp([], {}, { tourDone: true, highlightMs: 30_000 })
  })
  afterAll(async () => {
    await server.stop()
    await app.stop()
  })
  const opened = async (): Promise<Socket> => {
    const client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    ports.set(client, String(client.localPort))
    return client
  }
  /** The class and the sign of a connection's row, in one reading: what stands before a slash is seen, what follows is read out. */
  const newsOf = (client: Socket): Promise<string> =>
    app.page.locator('.connection-body').evaluate((body, port) => {
      const row = [...body.querySelectorAll('.connection-row:not([hidden])')].find(
        (each) => each.querySelector('.cell-localPort')?.textContent === port,
      )
      const news = [...(row?.classList ?? [])].find((name) => /^row-(?:new|changed|closed)$/u.test(name))
      const sign = row?.firstElementChild == null ? '' : getComputedStyle(row.firstElementChild, '::before').content
      return `${news ?? 'no news'} ${sign}`
    }, ports.get(client))

  it('comes from the search box to the table in fewer than twelve steps of Tab, and back', async () => {
    await app.page.getByRole('search').getByRole('combobox').focus()
    const inTable = (): Promise<boolean> => app.page.getByRole('grid').evaluate((grid) => document.activeElement === grid)
    let steps = 0
    while (!(await inTable()) && steps < 40) {
      await app.page.keyboard.press('Tab')
      steps += 1
    }
    expect(steps).toBeLessThan(12)
    await app.page.keyboard.press('Shift+Tab')
    await app.page.keyboard.press('ArrowRight')
    expect(await app.page.evaluate(() => document.activeElement?.classList.contains('chip'))).toBe(true)
    await app.page.keyboard.press('Tab')
    expect(await inTable()).toBe(true)
  })

  it('shows every column title in full, sorted or not', async () => {
    expect(await cutTitles(app)).toEqual([])
    for (const title of await app.page.locator('.connection-sort').all()) {
      await title.click()
      expect(await cutTitles(app)).toEqual([])
    }
  })

  it('marks new, changed and closed rows with a sign beside their colour', async () => {
    await app.search(`rport:${server.port}`)
    const client = await opened()
    await expect.poll(() => newsOf(client), patience).toBe('row-new "+" / ""')
    client.end()
    await expect.poll(() => newsOf(client), patience).toBe('row-changed "~" / ""')
    const second = await opened()
    await expect.poll(() => newsOf(second), patience).toBe('row-new "+" / ""')
    second.resetAndDestroy()
    await expect.poll(() => newsOf(second), patience).toBe('row-closed "\u2212" / ""')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

describe('with the few colours that a person chose for the whole system', () => {
  let app: WebApp
  beforeAll(async () => {
    app = await startWebApp([], { forcedColors: 'active' })
  })
  afterAll(() => app.stop())

  it('tells selected rows, pressed switches and chips from the others', async () => {
    await app.rows().nth(1).click()
    const ground = (selector: string): Promise<string> => styleOf(app, selector, 'background-color')
    const canvas = await ground('.connection-table')
    expect(await ground('.connection-row[aria-selected=true]')).not.toBe(canvas)
    expect(await ground('.toggle[aria-pressed=true]')).not.toBe(canvas)
    await app.page
      .getByRole('button', { name: /LISTEN/ })
      .first()
      .click()
    expect(await ground('.chip[aria-pressed=true]')).not.toBe(await ground('.chip[aria-pressed=false]'))
    expect(await ground('.mode .dot')).not.toBe(canvas)
    await app.page.getByRole('button', { name: 'Pause' }).click()
    expect(await ground('.button[aria-pressed=true]')).not.toBe(await ground('.button:not([aria-pressed=true])'))
    expect(await ground('.mode .dot')).not.toBe(canvas)
  })

  it('draws a line around states', async () => {
    expect(await styleOf(app, '.state-pill:not(.state-none)', 'border-top-width')).toBe('1px')
  })
})
