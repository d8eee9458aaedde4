/** A table that holds still: sockets come and go while a person is about to act on a row. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Looks come once a second; a busy machine takes longer. */
const patienceMs = 15_000

let app: WebApp
let server: OwnProcess
const clients: Socket[] = []

beforeAll(async () => {
  server = await startOwnProcess('listen')
  app = await startWebApp()
  for (let count = 0; count < 6; count += 1) await openClient()
  await app.search(`port:${server.port}`)
  await app.rows().nth(12).waitFor()
})
afterAll(async () => {
  for (const client of clients) client.destroy()
  await server?.stop()
  await app?.stop()
})

async function openClient(): Promise<Socket> {
  const client = connect(server.port, '127.0.0.1')
  client.on('error', () => {})
  clients.push(client)
  await once(client, 'connect')
  return client
}
/** Opens and ends sockets until the engine has looked twice more. */
async function churn(): Promise<void> {
  for (const look of [1, 2]) {
    const before = await lastLook()
    clients.shift()?.resetAndDestroy()
    await openClient()
    await expect.poll(lastLook, { message: `look ${look}`, timeout: patienceMs }).not.toBe(before)
  }
}
const lastLook = (): Promise<string> => app.page.getByText(/^Last look/).innerText()
/** What stands on every line, from top to bottom, without the ages that grow. */
const lines = (): Promise<string[]> =>
  app
    .rows()
    .evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => ['localPort', 'remotePort', 'state'].map((id) => row.querySelector(`.cell-${id}`)?.textContent).join(' ')),
    )

describe('a table that holds still', () => {
  it('moves nothing while a menu is open, says so, and goes on when it closes', async () => {
    await app.rows().nth(4).click({ button: 'right' })
    await app.page.getByText('Held while the menu is open').waitFor()
    const before = await lines()
    await churn()
    expect(await lines()).toEqual(before)
    await app.page.keyboard.press('Escape')
    await app.page.locator('.mode.live').waitFor()
    await expect.poll(lines, { timeout: patienceMs }).not.toEqual(before)
  })

  it('moves nothing while Ctrl is down', async () => {
    await app.page.keyboard.down('Control')
    await app.page.getByText('Held while Ctrl is down').waitFor()
    const before = await lines()
    await churn()
    expect(await lines()).toEqual(before)
    await app.page.keyboard.up('Control')
    await app.page.locator('.mode.live').waitFor()
    await expect.poll(lines, { timeout: patienceMs }).not.toEqual(before)
  })

  it('counts the rows that wait while it is frozen', async () => {
    await app.rows().nth(2).click()
    await app.page.keyboard.press('Space')
    await openClient()
    await app.page.getByText(/\d+ looks? (is|are) waiting: \d+ new, \d+ changed, \d+ closed/).waitFor()
    await app.page.keyboard.press('Space')
    await app.page.locator('.mode.live').waitFor()
  })

  it('keeps the row under the pointer at its place when rows come in above it', async () => {
    await app.search(`port:${server.port} state:established`)
    const title = app.page.locator('.connection-title[data-column=localPort]').getByRole('button')
    await title.click()
    // The server's ends, at the one low port, stand above the clients' ends: a new one comes in above the pointer.
    const row = app.rows('ESTABLISHED').last()
    const box = (await row.boundingBox())!
    const at = { x: box.x + 300, y: box.y + box.height / 2 }
    await app.page.mouse.move(at.x, at.y)
    const under = (): Promise<string | undefined> =>
      app.page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.closest('.connection-row')?.querySelector('.cell-localPort')?.textContent,
        at,
      )
    const port = await under()
    const shown = await app.rows().count()
    for (let count = 0; count < 3; count += 1) await openClient()
    await expect.poll(() => app.rows().count(), { timeout: patienceMs }).toBeGreaterThan(shown)
    await expect.poll(() => app.page.locator('.row-new:not([hidden])').count(), { timeout: patienceMs }).toBeGreaterThan(0)
    expect(await under()).toBe(port)
    expect(app.pageErrors).toEqual([])
  })
})
