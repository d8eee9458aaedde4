import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './check-with-axe.ts'
import { openWhois } from './open-whois.ts'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const pages = ['Processes', 'Listening ports', 'Remote hosts', 'Diagnosis', 'Statistics', 'Reference'] as const
const detailsPages = ['Connection', 'Process', 'History', 'Traffic', 'Both ends'] as const
/** What the command palette finds, and the name of the dialog that it opens. */
const dialogs = [
  ['Keyboard shortcuts', /Keyboard shortcuts/u],
  ['Choose columns', /Columns/u],
  ['Manage views', /Views/u],
  ['Watch rules', /Watch rules/u],
  ['About Sockscope', /About/u],
  ['Settings', /Settings/u],
] as const

describe.each(['light', 'dark'] as const)('in the %s theme no rule of axe-core is broken', (colorScheme) => {
  let app: WebApp
  let server: OwnProcess
  let client: Socket
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    app = await startWebApp(['--allow-actions'], { colorScheme })
    app.page.setDefaultTimeout(6000)
    client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    // Other sockets of this machine would push these out of sight.
    await app.search(`port:${server.port}`)
    await app.rows(String(client.localPort)).first().waitFor()
  })
  afterAll(async () => {
    client.destroy()
    await app.stop()
    await server.stop()
  })
  const violations = (): Promise<string[]> => violationsIn(app.page)
  const violationsOf = (role: 'dialog' | 'menu'): Promise<string[]> => violationsIn(app.page, `[role=${role}]`)
  const runCommand = async (words: string): Promise<void> => {
    await app.page.keyboard.press('Control+k')
    await app.page.getByRole('combobox', { name: 'Command palette' }).fill(words)
    await app.page.keyboard.press('Enter')
  }
  const ownRow = (): Locator => app.rows(`${server.port}`, 'LISTEN').first()
  const tab = (name: string): Locator => app.page.getByRole('navigation').getByRole('button', { name })
  const closed = async (role: 'dialog' | 'menu'): Promise<void> => {
    await app.page.keyboard.press('Escape')
    await app.page.getByRole(role).waitFor({ state: 'detached' })
  }

  it('by the table, with chips, filters and a mistake in the search', async () => {
    const plain = await violations()
    await app.page
      .getByRole('button', { name: /LISTEN/u })
      .first()
      .click()
    await app.search('proto:tcp rport:')
    const filtered = await violations()
    await app.search(`port:${server.port}`)
    await app.page.getByRole('button', { name: 'All states' }).click()
    expect([...plain, ...filtered]).toEqual([])
  })
  it('by the details, page for page', async () => {
    await ownRow().click()
    await app.page.keyboard.press('Enter')
    const details = app.page.getByRole('region', { name: 'Details' })
    await details.waitFor()
    const found: string[] = []
    for (const name of detailsPages) {
      await details.getByRole('tab', { name }).click()
      found.push(...(await violations()))
    }
    await details.getByRole('button', { name: 'Close', exact: true }).click()
    expect(found).toEqual([])
  })
  it('by the menu of a row, with the menu beside it', async () => {
    await ownRow().click({ button: 'right' })
    await app.page.getByRole('menu').waitFor()
    const found = await violationsOf('menu')
    await app.page.getByRole('menuitem', { name: 'Copy as' }).hover()
    await app.page.getByRole('menu').nth(1).waitFor()
    found.push(...(await violationsOf('menu')))
    await closed('menu')
    expect(found).toEqual([])
  })
  it.each(['Views', 'Save the table as a file'])('by the menu %s of the toolbar', async (name) => {
    await app.page.getByRole('toolbar').getByRole('button', { name }).click()
    await app.page.getByRole('menu').waitFor()
    const found = await violationsOf('menu')
    await closed('menu')
    expect(found).toEqual([])
  })
  it('by the menu of a column', async () => {
    await app.page.getByRole('columnheader', { name: 'Process' }).click({ button: 'right' })
    await app.page.getByRole('menu').waitFor()
    const found = await violationsOf('menu')
    await closed('menu')
    expect(found).toEqual([])
  })
  it('by what is told on request', async () => {
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.press('F8')
    await app.page.locator('.toast').waitFor()
    expect(await violations()).toEqual([])
  })
  it('by the question before a connection is closed', async () => {
    await app.rows(String(client.localPort), 'ESTABLISHED').first().click()
    await app.page.keyboard.press('Shift+Delete')
    await app.page.getByRole('dialog').waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it('by the trace of a connection, before it begins', async () => {
    await app.rows(String(client.localPort), 'ESTABLISHED').first().click({ button: 'right' })
    await app.page.getByRole('menuitem', { name: 'Trace headers…' }).click()
    await app.page.getByRole('dialog').waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it('by the window of whois', async () => {
    await openWhois(app.page)
    await app.page.getByRole('dialog').waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it('by a watch rule and by the log', async () => {
    await runCommand('Tell me when')
    await app.page.getByRole('dialog').getByRole('button', { name: 'Save rule' }).waitFor()
    const found = await violationsOf('dialog')
    await app.page.getByRole('dialog').getByRole('button', { name: 'Log' }).click()
    found.push(...(await violationsOf('dialog')))
    await closed('dialog')
    expect(found).toEqual([])
  })
  it('by the preview of an action', async () => {
    await ownRow().click()
    await app.page.keyboard.press('Delete')
    await app.page.getByRole('dialog').waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it('by the command palette', async () => {
    await app.page.keyboard.press('Control+k')
    await app.page.getByRole('option').first().waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it.each(dialogs)('by %s', async (words, name) => {
    await runCommand(words)
    await app.page.getByRole('dialog', { name }).waitFor()
    const found = await violationsOf('dialog')
    await closed('dialog')
    expect(found).toEqual([])
  })
  it.each(pages)('by the page %s', async (name) => {
    await tab(name).click()
    await app.page.getByRole('main', { name }).waitFor()
    expect(await violations()).toEqual([])
  })
  it('by a page of groups with chips, suggestions, an unfolded line and its menu', async () => {
    await tab('Processes').click()
    const search = app.page.locator('main').getByRole('search').getByRole('combobox')
    await search.fill(`pid:${server.pid} sta`)
    await app.page.getByRole('option').first().waitFor()
    const suggesting = await violations()
    await search.fill(`pid:${server.pid}`)
    await app.page.keyboard.press('Enter')
    await app.page.keyboard.press('ArrowRight')
    await app.page.getByRole('treegrid').locator('.socket').first().waitFor()
    const unfolded = await violations()
    await app.page.keyboard.press('Shift+F10')
    await app.page.getByRole('menu').waitFor()
    const menu = await violationsOf('menu')
    await closed('menu')
    await search.fill('pid:1 pid:2')
    await app.page.getByText('No process has a socket that matches').waitFor()
    const empty = await violations()
    await search.fill('')
    expect([...suggesting, ...unfolded, ...menu, ...empty]).toEqual([])
  })
  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
