import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

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
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    app = await startWebApp()
  })
  afterAll(async () => {
    await server.stop()
    await app.stop()
  })

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
    const sign = (row: string): Promise<string> => styleOf(app, `.connection-row.${row} > :first-child`, 'content', '::before')
    const client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    await app.page.locator('.row-new:not([hidden])').waitFor()
    // What follows the slash is read out: nothing.
    expect(await sign('row-new')).toBe('"+" / ""')
    client.end()
    await app.page.locator('.row-changed:not([hidden])').waitFor()
    expect(await sign('row-changed')).toBe('"~" / ""')
    const second = connect(server.port, '127.0.0.1')
    second.on('error', () => {})
    await once(second, 'connect')
    const port = String(second.localPort)
    await app.rows(port).waitFor()
    second.resetAndDestroy()
    await app.rows(port).and(app.page.locator('.row-closed')).waitFor()
    expect(await sign('row-closed')).toBe('"\u2212" / ""')
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
