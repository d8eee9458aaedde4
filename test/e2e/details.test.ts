/** A person selects a connection and reads its details: the process, its relatives, its other sockets, the history, both ends. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('the details of a connection', () => {
  let app: WebApp
  let server: Server
  let client: Socket
  let port: number
  let clientPort: number
  const accepted: Socket[] = []
  const tab = (name: string) => app.page.getByRole('tab', { name, exact: true })
  const panel = () => app.page.getByRole('region', { name: 'Details', exact: true })

  beforeAll(async () => {
    server = createServer((socket) => void accepted.push(socket.on('error', () => {}).resume()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
    client = connect({ port, host: '127.0.0.1' })
    client.on('error', () => {})
    await once(client, 'connect')
    clientPort = client.localPort ?? 0
    app = await startWebApp()
    await app.search(`lport:${clientPort} rport:${port}`)
    await app.rows('ESTABLISHED').waitFor()
    await app.rows('ESTABLISHED').dblclick()
  })
  afterAll(async () => {
    await app.stop()
    for (const socket of [client, ...accepted]) socket.destroy()
    server.close()
  })

  it('tells the process: folder, use, parents; its command line only at a press', async () => {
    await tab('Process').click()
    await panel().getByText('Working directory').waitFor()
    await panel().getByText(process.cwd(), { exact: true }).waitFor()
    await panel()
      .getByRole('button', { name: `(${process.ppid})` })
      .first()
      .waitFor()
    expect(await panel().locator('code').count()).toBe(0)
    await panel().getByRole('button', { name: 'Show', exact: true }).click()
    await panel().locator('code').waitFor()
    expect(await panel().locator('code').textContent()).toContain('node')
  })

  it('follows a parent and comes back', async () => {
    await panel()
      .getByRole('button', { name: `(${process.ppid})` })
      .first()
      .click()
    await panel().getByText('You are looking at a relative of the owner.').waitFor()
    await panel().getByRole('button', { name: 'Back to the owner' }).click()
    await panel().getByText(process.cwd(), { exact: true }).waitFor()
  })

  it('tells the states with times, and draws the throughput', async () => {
    await tab('History').click()
    await panel()
      .getByRole('row', { name: /ESTABLISHED/u })
      .waitFor()
    await tab('Traffic').click()
    client.write('x'.repeat(5000))
    await panel().locator('canvas').first().waitFor()
  })

  it('shows both ends, and leads to the other one although the search hides it', async () => {
    await tab('Both ends').click()
    await panel()
      .getByRole('cell', { name: `127.0.0.1:${port}` })
      .first()
      .waitFor()
    await panel().getByRole('button', { name: 'Go to the other end' }).click()
    await panel()
      .locator('.subject', { hasText: `127.0.0.1:${port} → 127.0.0.1:${clientPort}` })
      .waitFor()
    expect(await app.page.getByRole('search').getByRole('combobox').inputValue()).toBe('')
  })

  it('shows all sockets of the process', async () => {
    await tab('Process').click()
    await panel().getByRole('button', { name: 'Show all of this process' }).click()
    await app.rows('LISTEN', String(port)).waitFor()
    expect(await app.page.getByRole('search').getByRole('combobox').inputValue()).toBe(`pid:${process.pid}`)
  })

  it('is sized by keyboard, moves to the side, and stays so when the page is loaded again', async () => {
    const edge = app.page.getByRole('separator', { name: 'Size of the details' })
    const heightOf = async (): Promise<number> => (await panel().boundingBox())?.height ?? 0
    const before = await heightOf()
    await edge.focus()
    await app.page.keyboard.press('ArrowDown')
    await expect.poll(heightOf).toBeLessThan(before)
    await app.page.getByRole('button', { name: 'Show the details at the right' }).click()
    await app.page.getByRole('button', { name: 'Show the details at the bottom' }).waitFor()
    await app.page.reload()
    await app.search(`lport:${clientPort} rport:${port}`)
    await app.rows('ESTABLISHED').dblclick()
    await app.page.getByRole('button', { name: 'Show the details at the bottom' }).waitFor()
    const [table, details] = await Promise.all([app.page.getByRole('grid').boundingBox(), panel().boundingBox()])
    expect(details?.x).toBeGreaterThanOrEqual((table?.x ?? 0) + (table?.width ?? 0) - 1)
    expect(await panel().evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    expect(app.pageErrors).toEqual([])
  })
})
