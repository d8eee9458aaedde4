import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('the live table', () => {
  let app: WebApp
  let server: OwnProcess
  const clients: Socket[] = []
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    app = await startWebApp()
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await server.stop()
    await app.stop()
  })

  const openClient = async (): Promise<Socket> => {
    const client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    clients.push(client)
    await once(client, 'connect')
    return client
  }

  const highlightsGone = (): Promise<void> => app.rows().and(app.page.locator('.row-new')).first().waitFor({ state: 'detached' })

  it('shows a listener with its process, without any highlight on the first fill', async () => {
    await app.search(`lport:${server.port}`)
    const row = app.rows('LISTEN')
    await row.waitFor()
    expect(await row.innerText()).toContain(String(server.pid))
    expect(await row.getAttribute('class')).not.toMatch(/row-(new|changed|closed)/)
  })

  it('shows a new connection in green, its change in yellow and its end in red, and then drops it', async () => {
    await app.search(`rport:${server.port}`)
    const client = await openClient()
    const row = app.rows(String(client.localPort))
    await row.and(app.page.locator('.row-new')).waitFor()
    expect(await row.innerText()).toContain('ESTABLISHED')
    expect(await row.innerText()).toContain(String(process.pid))
    await highlightsGone()
    client.end()
    await row.and(app.page.locator('.row-changed')).waitFor()
    // The client closed first: it stays in TIME_WAIT; the server's side is gone at once, red for a moment.
    const second = await openClient()
    const port = String(second.localPort)
    await app.rows(port).waitFor()
    await highlightsGone()
    second.resetAndDestroy()
    await app.rows(port).and(app.page.locator('.row-closed')).waitFor()
    await app.rows(port).waitFor({ state: 'detached' })
  })

  it('counts states in the legend and filters by a click on one', async () => {
    await app.search(`port:${server.port}`)
    const client = await openClient()
    await app.rows(String(client.localPort)).first().waitFor()
    await app.page
      .getByRole('button', { name: /LISTEN/ })
      .first()
      .click()
    await expect.poll(() => app.rows('ESTABLISHED').count()).toBe(0)
    expect(await app.rows('LISTEN').count()).toBe(1)
    await app.page
      .getByRole('button', { name: /LISTEN/ })
      .first()
      .click()
    await expect.poll(() => app.rows('ESTABLISHED').count()).toBe(2)
    client.resetAndDestroy()
  })

  it('says what is wrong with a query and keeps the last good one', async () => {
    await app.search(`port:${server.port}`)
    await app.rows('LISTEN').waitFor()
    const shown = await app.rows().count()
    await app.search(`port:${server.port} prot:x`)
    const error = app.page.getByRole('search').locator('.error')
    await error.waitFor()
    expect(await error.innerText()).toContain('prot')
    expect(await app.rows().count()).toBe(shown)
  })

  it('freezes on Space, counts what waits, looks once on F5 and goes on', async () => {
    await app.search(`port:${server.port}`)
    await app.rows('LISTEN').waitFor()
    await app.rows('LISTEN').click()
    await app.page.keyboard.press('Space')
    await app.page.getByText(/\d+ looks? (is|are) waiting/).waitFor()
    const client = await openClient()
    await app.page.getByText(/[2-9] looks are waiting/).waitFor()
    expect(await app.rows(String(client.localPort)).count()).toBe(0)
    await app.page.keyboard.press('F5')
    await expect.poll(() => app.rows(String(client.localPort)).count()).toBe(2)
    const later = await openClient()
    await app.page.getByText(/\d+ looks? (is|are) waiting/).waitFor()
    expect(await app.rows(String(later.localPort)).count()).toBe(0)
    await app.page.keyboard.press('Space')
    await expect.poll(() => app.rows(String(later.localPort)).count()).toBe(2)
    const selected = app.page.locator('.connection-body [aria-selected=true]')
    expect(await selected.count()).toBe(1)
    await app.page.keyboard.press('Control+Space')
    await expect.poll(() => selected.count()).toBe(0)
  })

  it('keeps the selection on the connection when rows are inserted above it', async () => {
    await app.search(`port:${server.port} state:established`)
    const client = await openClient()
    const row = app.rows(String(client.localPort)).first()
    await row.click()
    const identityText = await row.innerText()
    await app.page
      .getByRole('columnheader', { name: /Local port/i })
      .getByRole('button')
      .click()
    for (let count = 0; count < 5; count += 1) await openClient()
    await expect.poll(() => app.rows().count()).toBeGreaterThan(10)
    const selected = app.page.locator('.connection-body [aria-selected=true]')
    await expect.poll(() => selected.count()).toBe(1)
    expect((await selected.innerText()).split('\n').slice(0, 8)).toEqual(identityText.split('\n').slice(0, 8))
  })

  it('keeps a row in sight when its details take room from the table', async () => {
    await app.search(`port:${server.port}`)
    for (let count = 0; count < 12; count += 1) await openClient()
    await expect.poll(() => app.rows().count()).toBeGreaterThan(24)
    // What the tests before closed goes within seconds, and would take the selection along.
    await expect.poll(() => app.rows().and(app.page.locator('.row-closed')).count(), { timeout: 15_000 }).toBe(0)
    await app.page.getByRole('grid').evaluate((grid) => grid.scrollTo(0, 0))
    const lowest = app.rows().and(app.page.locator('[aria-rowindex="24"]'))
    await lowest.dblclick()
    await app.page.locator('.details').first().waitFor()
    const selected = app.page.locator('.connection-body [aria-selected=true]:not([hidden])')
    await selected.waitFor()
    const row = await selected.boundingBox()
    const grid = await app.page.getByRole('grid').boundingBox()
    expect(row!.y + row!.height).toBeLessThanOrEqual(grid!.y + grid!.height + 1)
    await app.page.keyboard.press('Escape')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
