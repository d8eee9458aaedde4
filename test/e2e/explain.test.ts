/** A person selects a row, reads what its state means, walks through the state machine by keyboard, and goes to the reference and back. */
import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('explaining a connection', () => {
  let app: WebApp
  let server: Server
  let client: Socket
  let port: number
  let clientPort: number
  const accepted: Socket[] = []

  beforeAll(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => void accepted.push(socket.on('error', () => {}).resume()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
    client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    client.on('error', () => {})
    await once(client, 'connect')
    clientPort = client.localPort ?? 0
    app = await startWebApp()
  })
  afterAll(async () => {
    await app.stop()
    for (const socket of [client, ...accepted]) socket.destroy()
    server.close()
  })

  it('follows the connection from open to closed by the peer', async () => {
    const { page } = app
    await app.search(`lport:${port} rport:${clientPort}`)
    await app.rows('ESTABLISHED').waitFor()
    await app.rows('ESTABLISHED').dblclick()
    const explanation = page.getByRole('region', { name: 'Explanation' })
    await explanation.getByText('Either side, whenever it likes.').waitFor()
    await explanation.getByText('Normal', { exact: true }).waitFor()

    client.end() // the server keeps its side open
    await explanation.getByText(`(PID ${process.pid}) at this end must close the socket.`).waitFor()
    await explanation.getByText('The peer closed first.').waitFor()
    const machine = explanation.getByRole('group', { name: 'TCP state machine' })
    await machine.getByRole('button', { name: 'CLOSE-WAIT, now' }).waitFor()
    expect(await machine.locator('.taken').getAttribute('data-part')).toBe('ESTABLISHED-CLOSE_WAIT')
  })

  it('lets the keyboard walk through the machine and open the reference, which leads back', async () => {
    const { page } = app
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('data-part') ?? null)
    await page.locator('.details [data-part="CLOSE_WAIT"]').focus()
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('CLOSE_WAIT-LAST_ACK')
    await page.locator('.details .told', { hasText: 'our program closes: FIN goes out' }).waitFor()
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('LAST_ACK')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /LAST-ACK/u }).waitFor()
    await page.getByRole('button', { name: 'Back to Connections' }).click()
    await page.getByRole('region', { name: 'Explanation' }).waitFor()
  })

  it('opens the reference of the row with F1 and finds wrong advice refuted there', async () => {
    const { page } = app
    await page.getByRole('grid').focus()
    await page.keyboard.press('F1')
    await page.getByRole('heading', { name: /CLOSE-WAIT/u }).waitFor()
    await page.getByRole('main').getByText('A system setting or keepalive clears CLOSE-WAIT.').waitFor()
    await page.getByRole('searchbox', { name: 'Search the reference' }).fill('tw_recycle')
    await page.getByRole('heading', { name: /TIME-WAIT/u }).waitFor()
    await page.getByRole('button', { name: 'Back to Connections' }).click()
    await app.rows('CLOSE-WAIT').waitFor()
    expect(app.pageErrors).toEqual([])
  })

  it('fits a small window: nothing of the panel is cut off to the side', async () => {
    await app.page.setViewportSize({ width: 1000, height: 780 })
    const overflow = await app.page.locator('.details').evaluate((panel) => panel.scrollWidth - panel.clientWidth)
    expect(overflow).toBe(0)
  })
})
