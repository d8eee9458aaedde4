/** A person finds a listener by what its port is registered for, sees its name in the details, and reads what each choice of names tells to whom. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Registered ports that hardly any machine uses, with their names. */
const candidates = [
  [1155, 'nfa'],
  [2628, 'dict'],
  [2605, 'nsc-posa'],
] as const

describe('names', () => {
  let app: WebApp
  let server: Server
  let client: Socket
  let port = 0
  let name = ''

  beforeAll(async () => {
    for (const [candidate, registered] of candidates) {
      server = createServer((socket) => void socket.on('error', () => {}).resume())
      const listening = once(server, 'listening')
      server.listen(candidate, '127.0.0.1')
      const taken = await listening.then(
        () => false,
        () => true,
      )
      if (taken) continue
      port = candidate
      name = registered
      break
    }
    client = connect(port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    app = await startWebApp()
  })
  afterAll(async () => {
    await app.stop()
    client.destroy()
    server.close()
  })

  it('of ports are searched for by bare words and stand in the details', async () => {
    const { page } = app
    await app.search(`${name} pid:${process.pid} state:listen`)
    await app.rows('LISTEN').first().waitFor()
    expect(await app.rows().count()).toBe(1)
    await app.rows('LISTEN').dblclick()
    await page.locator('.details').getByText('Names and networks').waitFor()
    await page.locator('.details').getByText(name, { exact: true }).waitFor()
    expect(app.pageErrors).toEqual([])
  })

  it('of loopback addresses cannot be asked for, and the menu says why', async () => {
    const { page } = app
    await app.search(`rport:${port} pid:${process.pid}`)
    await app.rows('ESTABLISHED').first().click({ button: 'right' })
    const lookUp = page.getByRole('menuitem', { name: 'Look up the host name' })
    await lookUp.waitFor()
    expect(await lookUp.getAttribute('aria-disabled')).toBe('true')
    expect(await lookUp.getAttribute('title')).toBe('This address has no name that could be asked for.')
    await page.keyboard.press('Escape')
    await lookUp.waitFor({ state: 'detached' })
  })

  it('are off where others would learn of it; the data that came along is named with licence and date', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    expect(await dialog.getByLabel('Host names (reverse DNS)').inputValue()).toBe('off')
    const credit = dialog.getByRole('link', { name: 'IP Geolocation by DB-IP' })
    await credit.waitFor()
    expect(await credit.getAttribute('href')).toBe('https://db-ip.com')
    await dialog.getByText(/licence CC BY 4\.0, data of 20\d\d-\d\d-\d\d/u).waitFor()
    await dialog.getByText(/\/sockscope\/networks$/u).waitFor()
    await dialog.getByLabel('Host names (reverse DNS)').selectOption({ label: 'Public addresses' })
    await page.reload()
    await page.locator('.connection-body [role=row]').first().waitFor()
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    expect(await dialog.getByLabel('Host names (reverse DNS)').inputValue()).toBe('public')
  })
})
