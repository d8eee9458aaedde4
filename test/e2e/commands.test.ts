import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('commands by keyboard alone', () => {
  let app: WebApp
  let server: OwnProcess
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    app = await startWebApp()
  })
  afterAll(async () => {
    await app.stop()
    await server.stop()
  })
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => app.page.keyboard.press(key)), Promise.resolve())
  const palette = () => app.page.getByRole('combobox', { name: 'Command palette' })

  it('runs what is found by a part of its name, in either language, and gives the keyboard back', async () => {
    await app.page.getByRole('grid').focus()
    await press('Control+k')
    await palette().fill('theme dark')
    await press('Enter')
    await expect.poll(() => app.page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await app.page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(true)
    await press('Control+k')
    expect(await app.page.getByRole('option').first().innerText()).toContain('Theme: Dark')
    await palette().fill('主题 浅色')
    await press('Enter')
    await expect.poll(() => app.page.locator('html').getAttribute('data-theme')).toBe('light')
  })

  it('says why something cannot be done, and leaves it', async () => {
    await press('Control+k')
    await palette().fill('close connection')
    const option = app.page.getByRole('option', { name: /Close connection/ }).first()
    expect(await option.getAttribute('aria-disabled')).toBe('true')
    expect(await option.innerText()).toContain('Select a row first.')
    await press('Enter')
    expect(await palette().count()).toBe(1)
    await press('Control+k')
    await palette().waitFor({ state: 'detached' })
  })

  it('goes to pages, searches from the palette, lists all keys and explains a state', async () => {
    await press('Alt+Shift+7')
    await app.page.getByRole('button', { name: 'Reference', exact: true }).and(app.page.locator('[aria-current=page]')).waitFor()
    await press('Control+k')
    await palette().fill(`lport:${server.port}`)
    await press('Enter')
    await app.rows('LISTEN').waitFor()
    await expect.poll(() => app.rows().count()).toBe(1)
    await press('Shift+?')
    await app.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Alt+Shift+7').waitFor()
    await press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    await press('Control+k')
    await palette().fill('explain time-wait')
    await press('Enter')
    await app.page
      .getByRole('heading', { name: /TIME-WAIT/ })
      .first()
      .waitFor()
  })

  it('jumps to the process whose name is typed in the table', async () => {
    await press('Alt+Shift+1')
    await app.search('')
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.type('node')
    await app.page.locator('.type-ahead').getByText('node').waitFor()
    const selected = app.page.locator('.connection-body [aria-selected=true]:not([hidden])')
    await expect.poll(() => selected.first().innerText()).toContain('node')
    await app.page.locator('.type-ahead').waitFor({ state: 'detached' })
    await press('Control+Comma')
    await app.page.getByRole('searchbox', { name: 'Search settings' }).fill('retransmission')
    await app.page
      .getByRole('dialog')
      .getByRole('textbox', { name: /retransmi/i })
      .first()
      .waitFor()
    await press('Escape')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

describe('the hints of a first run', () => {
  let app: WebApp
  beforeAll(async () => {
    app = await startWebApp([], {}, {})
  })
  afterAll(() => app.stop())
  const tour = () => app.page.getByRole('complementary', { name: 'First hints' })

  it('come once, let one work meanwhile, and can be had again', async () => {
    await tour().waitFor()
    await app.search('is:listening')
    await expect.poll(() => app.rows('ESTABLISHED').count()).toBe(0)
    await tour().getByRole('button', { name: 'Next' }).click()
    await tour().getByText('2 of 3').waitFor()
    await tour().getByRole('button', { name: 'Do not show hints again' }).click()
    await tour().waitFor({ state: 'detached' })
    await app.page.reload()
    await app.page.locator('.connection-body [role=row]').first().waitFor()
    await app.page.getByText('Live').waitFor()
    expect(await tour().count()).toBe(0)
    await app.page.keyboard.press('Control+k')
    await app.page.getByRole('combobox', { name: 'Command palette' }).fill('first hints')
    await app.page.keyboard.press('Enter')
    await tour().getByText('1 of 3').waitFor()
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
