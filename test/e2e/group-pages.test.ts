import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('processes, listening ports and remote hosts', () => {
  let app: WebApp
  let server: OwnProcess
  const clients: Socket[] = []
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    for (let index = 0; index < 3; index += 1) {
      const client = connect(server.port, '127.0.0.1')
      client.on('error', () => {})
      clients.push(client)
      await once(client, 'connect')
    }
    app = await startWebApp(['--allow-actions'], { permissions: ['clipboard-read', 'clipboard-write'] })
    await app.page.keyboard.press('Escape')
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await server.stop()
    await app.stop()
  })

  const openPage = (name: string) => app.page.getByRole('navigation').getByRole('button', { name }).click()
  const grid = () => app.page.getByRole('treegrid')
  const lines = (text: string) => grid().locator('.body', { hasText: text })
  const filter = (text: string) => app.page.locator('main').getByRole('search').getByRole('combobox').fill(text)
  const searched = () => app.page.getByRole('search').locator('input').first().inputValue()

  it('shows who listens, since when and how exposed, counts what came in, and leads to those rows', async () => {
    await openPage('Listening ports')
    await filter(`lport:${server.port}`)
    const line = lines(String(server.port))
    await line.getByText('This machine only').waitFor()
    expect(await line.innerText()).toContain(`(${server.pid})`)
    await line.getByText('3', { exact: true }).waitFor()
    await line.dblclick()
    expect(await searched()).toBe(`proto:tcp lport:${server.port}`)
    await app.rows('LISTEN').waitFor()
    expect(await app.rows('ESTABLISHED').count()).toBe(3)
  })

  it('sums up a process and unfolds into its sockets, by the keyboard alone', async () => {
    await openPage('Processes')
    await app.page.keyboard.press('/')
    await app.page.keyboard.type(`pid:${server.pid}`)
    await lines(String(server.pid)).waitFor()
    await app.page.keyboard.press('Enter')
    await app.page.keyboard.press('ArrowRight')
    await lines(`127.0.0.1:${server.port}`).first().waitFor()
    expect(await lines('ESTABLISHED').count()).toBe(3)
    await app.page.keyboard.press('ArrowLeft')
    await lines('ESTABLISHED').first().waitFor({ state: 'detached' })
  })

  it('draws processes below their parents', async () => {
    await openPage('Processes')
    await filter(`pid:${server.pid}`)
    await app.page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Tree' }).click()
    const line = lines(String(server.pid))
    await expect.poll(() => line.getAttribute('aria-level'), { timeout: 10_000 }).not.toBe('1')
    expect(await grid().locator('.body').count()).toBeGreaterThan(1)
  })

  it('groups remote ends by address and leads to their rows with the filter of the page', async () => {
    await openPage('Remote hosts')
    await filter(`rport:${server.port}`)
    const line = lines('127.0.0.1')
    await line.getByText('3', { exact: true }).waitFor()
    await line.click()
    await app.page.keyboard.press('Enter')
    expect(await searched()).toBe(`rport:${server.port} remote:127.0.0.1`)
    expect(await app.rows(String(server.port)).count()).toBeGreaterThan(0)
  })

  it('saves a view, opens it by its key after a reload, and sends it as text', async () => {
    await openPage('Remote hosts')
    await filter(`rport:${server.port}`)
    await app.page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Network' }).click()
    await app.page.locator('main').getByRole('button', { name: 'Views' }).click()
    await app.page.getByRole('menuitem', { name: 'Save this view…' }).click()
    await app.page.getByLabel('Save what is shown now').fill('My network')
    await app.page.keyboard.press('Enter')
    await app.page.getByLabel('Rename My network').waitFor()
    await app.page.getByLabel('Copy My network as text').click()
    const text = await app.page.evaluate(() => navigator.clipboard.readText())
    expect(text).toBe(`sockscope-view:1 page=remotes name="My network" query=rport:${server.port} group=network order=-sockets`)
    await app.page.reload()
    await app.rows().first().waitFor()
    await app.page.keyboard.press('Control+Alt+Digit1')
    await lines('127.0.0.0/24').waitFor()
    await app.page.locator('main').getByRole('button', { name: 'Views' }).click()
    await app.page.getByRole('menuitem', { name: 'Manage views…' }).click()
    await app.page.getByLabel('Open a view from text').fill(`${text.replace('My network', 'Copy')} colour=blue`)
    await app.page.getByText('Not understood and left out: colour=blue').waitFor()
    await app.page.getByRole('button', { name: 'Save as a view' }).click()
    await app.page.locator('main').getByRole('button', { name: 'Views' }).click()
    await app.page.getByRole('menuitem', { name: /^Copy/ }).first().waitFor()
    await app.page.keyboard.press('Escape')
  })

  it('ends a process from its line, after asking', async () => {
    const victim = await startOwnProcess('listen')
    await openPage('Processes')
    await app.page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Process', exact: true }).click()
    await filter(`pid:${victim.pid}`)
    await lines(String(victim.pid)).click()
    await app.page.keyboard.press('Delete')
    await app.page.getByRole('dialog').getByRole('button', { name: 'End process' }).click()
    expect(await victim.ended).toBe('SIGTERM')
    // Before the result is there, Escape would stop and not close.
    await app.page.getByRole('dialog').locator('.footer').getByRole('button', { name: 'Close', exact: true }).waitFor()
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('completes a search, shows it as chips, and says what is hidden', async () => {
    await openPage('Listening ports')
    await filter('')
    await app.page.keyboard.type('is:listen')
    await app.page.getByRole('option', { name: /is:listening|^listening/ }).waitFor()
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.type(` lport:${server.port}`)
    await app.page.keyboard.press('Enter')
    const chips = app.page.getByRole('toolbar', { name: 'Active filters' })
    await chips.getByText(/^1 of \d+ sockets shown$/).waitFor()
    await chips.getByRole('button', { name: `Remove filter: lport:${server.port}` }).press('Delete')
    expect(await app.page.locator('main').getByRole('search').getByRole('combobox').inputValue()).toBe('is:listening')
    await filter('pid:1 pid:2')
    await app.page.getByText('No listening port matches').waitFor()
    await app.page.locator('main').getByRole('button', { name: 'Clear search and filters' }).click()
    await lines(String(server.port)).waitFor()
  })

  it('acts on a group from its menu, by the right button and by the menu key', async () => {
    await openPage('Remote hosts')
    await app.page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Address' }).click()
    await filter(`rport:${server.port}`)
    await app.page.keyboard.press('Enter')
    await lines('127.0.0.1').first().click({ button: 'right' })
    const menu = app.page.getByRole('menu', { name: 'Actions for this line' })
    await app.page.getByText('Held while the menu is open').waitFor()
    await menu.getByRole('menuitem', { name: /^Copy line/ }).click()
    expect(await app.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^127\.0\.0\.1\t/)
    await app.page.keyboard.press('ArrowRight')
    await app.page.keyboard.press('ArrowRight')
    await app.page.keyboard.press('Shift+F10')
    await menu.getByRole('menuitem', { name: 'Same as this row' }).waitFor()
    await menu.getByRole('menuitem', { name: /^Close connection/ }).click()
    const dialog = app.page.getByRole('dialog')
    await dialog.getByText(`127.0.0.1:${server.port}`).first().waitFor()
    await app.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await app.page.keyboard.press('ArrowLeft')
    await app.page.keyboard.press('ArrowLeft')
    await app.page.keyboard.press('Shift+Delete')
    await dialog.getByText('Close 3 connections?').waitFor()
    await app.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('stands still while it is frozen, counts what waits, and goes on', async () => {
    await openPage('Processes')
    await app.page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Process', exact: true }).click()
    await filter(`pid:${server.pid}`)
    await app.page.keyboard.press('Enter')
    const line = lines(String(server.pid)).first()
    await line.getByText('4', { exact: true }).first().waitFor()
    await app.page.keyboard.press('Space')
    const client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    clients.push(client)
    await once(client, 'connect')
    await app.page.getByText(/[2-9] looks are waiting: [1-9]\d* new/).waitFor()
    expect(await line.innerText()).toContain('4')
    await app.page.keyboard.press('Space')
    await line.getByText('5', { exact: true }).first().waitFor()
    client.destroy()
  })

  it('saves the table of the page as a file', async () => {
    await openPage('Listening ports')
    await filter(`lport:${server.port}`)
    await app.page.keyboard.press('Enter')
    await lines(String(server.port)).waitFor()
    const download = app.page.waitForEvent('download')
    await app.page.locator('main').getByRole('button', { name: 'Save the table as a file' }).click()
    await app.page.getByRole('menuitem', { name: 'JSON', exact: true }).click()
    const file = await (await download).path()
    const [port] = JSON.parse(readFileSync(file, 'utf8')) as [{ port: number; owners: { pid: number }[] }]
    expect([port.port, port.owners.map(({ pid }) => pid)]).toEqual([server.port, [server.pid]])
  })

  it('has nothing to complain about', () => {
    expect(app.pageErrors).toEqual([])
  })
})
