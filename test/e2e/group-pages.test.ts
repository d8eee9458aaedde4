import { once } from 'node:events'
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
  const filter = (text: string) => app.page.locator('main').getByRole('search').getByRole('textbox').fill(text)
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
    await app.page.keyboard.press('ArrowDown')
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
  })

  it('has nothing to complain about', () => {
    expect(app.pageErrors).toEqual([])
  })
})
