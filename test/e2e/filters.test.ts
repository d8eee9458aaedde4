import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Pictures for a person to look at, where a folder for them is named. */
const pictures = process.env['PICTURES']

describe('filters', () => {
  let app: WebApp
  let server: OwnProcess
  let client: Socket
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    app = await startWebApp()
  })
  afterAll(async () => {
    client.destroy()
    await server.stop()
    await app.stop()
  })

  const box = () => app.page.getByRole('search').getByRole('combobox')
  const options = () => app.page.getByRole('option')
  const chips = () => app.page.getByRole('toolbar', { name: 'Active filters' }).getByRole('button', { name: /^Remove filter/ })
  const press = (...keys: string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => app.page.keyboard.press(key)), Promise.resolve())
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) return
    mkdirSync(pictures, { recursive: true })
    await app.page.screenshot({ path: join(pictures, `${name}.png`) })
  }

  it('by the keyboard: a key, its value and a second term are typed with the help of suggestions', async () => {
    await press('/')
    await app.page.keyboard.type('sta')
    await options().first().waitFor()
    await picture('keys')
    await press('Tab')
    expect(await box().inputValue()).toBe('state:')
    await app.page.keyboard.type('lis')
    await options().filter({ hasText: 'listen' }).waitFor()
    await press('ArrowDown', 'Enter')
    await app.page.keyboard.type(` lport:${server.port}`)
    expect(await box().inputValue()).toBe(`state:listen lport:${server.port}`)
    await app.rows('LISTEN').first().waitFor()
    await expect.poll(() => app.rows().count()).toBe(1)
    await press('Escape')
    expect(await box().inputValue()).toBe('')
  })

  const geometry = () =>
    app.page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('.search input')
      const line = document.querySelector<HTMLElement>('.search .line')
      if (input === null || line === null) throw new Error('no search box')
      const style = getComputedStyle(input)
      const textLeft = input.getBoundingClientRect().left + Number.parseFloat(style.borderLeftWidth) + Number.parseFloat(style.paddingLeft)
      const room = input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
      return {
        scrolled: input.scrollLeft,
        apart: line.getBoundingClientRect().left - (textLeft - input.scrollLeft),
        // scrollWidth of an input is its text and its padding.
        wider: line.getBoundingClientRect().width - (input.scrollWidth - (input.clientWidth - room)),
      }
    })

  it('the coloured text lies on the text of the box, also when it scrolls', async () => {
    const long = `process:node,"Web Content" state:established,listen -remote:10.0.0.0/8 port:8000-8999 (is:tcp OR is:udp) user:root lport:${server.port}`
    await box().fill(long)
    await press('End')
    await expect.poll(async () => Math.abs((await geometry()).apart)).toBeLessThan(1)
    const { scrolled, wider } = await geometry()
    expect(scrolled).toBeGreaterThan(50)
    expect(Math.abs(wider)).toBeLessThan(2)
    await picture('long')
    await press('Home')
    await expect.poll(async () => (await geometry()).scrolled).toBe(0)
    await expect.poll(async () => Math.abs((await geometry()).apart)).toBeLessThan(1)
    await box().fill('')
  })

  it('a mistake is marked where it is and mended by the mouse', async () => {
    await box().fill(`port:${server.port} prto:tcp`)
    const fix = app.page.getByRole('button', { name: 'Did you mean proto?' })
    await fix.waitFor()
    expect(await app.page.locator('.search mark').textContent()).toBe('prto')
    await picture('mistake')
    await fix.click()
    expect(await box().inputValue()).toBe(`port:${server.port} proto:tcp`)
    await expect.poll(() => app.rows().count()).toBeGreaterThanOrEqual(3)
  })

  it('chips show everything that is active and go one by one, by the mouse and by Delete', async () => {
    await box().fill(`port:${server.port} -rport:${server.port}`)
    await app.page.getByRole('button', { name: 'UDP', exact: true }).click()
    await expect.poll(() => chips().count()).toBe(3)
    await app.page
      .getByText(/^\d+ of \d+ shown$/)
      .first()
      .waitFor()
    await picture('chips')
    await chips().nth(1).click()
    expect(await box().inputValue()).toBe(`port:${server.port}`)
    await press('Delete')
    await expect.poll(() => chips().count()).toBe(1)
    expect(await box().inputValue()).toBe(`port:${server.port}`)
    await press('Delete')
    await expect.poll(() => chips().count()).toBe(0)
    expect(await box().inputValue()).toBe('')
  })

  it('a right click shows only what a cell shows, excludes it, or asks for the same network', async () => {
    await app.search(`rport:${server.port}`)
    const row = app.rows('ESTABLISHED')
    await row.waitFor()
    const cell = row.getByRole('gridcell').filter({ hasText: 'ESTABLISHED' })
    await cell.click({ button: 'right' })
    await picture('menu')
    await app.page.getByRole('menuitem', { name: 'Show only state:established' }).click()
    expect(await box().inputValue()).toBe(`rport:${server.port} state:established`)
    await row.getByRole('gridcell').filter({ hasText: 'ESTABLISHED' }).click({ button: 'right' })
    await app.page.getByRole('menuitem', { name: 'Same as this row' }).hover()
    await app.page.getByRole('menuitem', { name: 'Network 127.0.0.0/24' }).waitFor()
    await picture('submenu')
    await app.page.getByRole('menuitem', { name: 'Network 127.0.0.0/24' }).click()
    expect(await box().inputValue()).toBe(`rport:${server.port} state:established remote:127.0.0.0/24`)
    await row.getByRole('gridcell').filter({ hasText: 'ESTABLISHED' }).click({ button: 'right' })
    await app.page.getByRole('menuitem', { name: 'Exclude state:established' }).click()
    await expect.poll(() => app.rows().count()).toBe(0)
    await app.page.getByRole('button', { name: 'Clear all' }).click()
  })

  it('the same by the keyboard for the cell in focus', async () => {
    await app.search(`rport:${server.port}`)
    await app.rows('ESTABLISHED').waitFor()
    await box().focus()
    await press('Enter', 'ArrowDown', 'ArrowRight', 'ArrowRight')
    await press('Shift+F10')
    const only = app.page.getByRole('menuitem', { name: /^Show only pid:/ })
    await only.waitFor()
    await only.press('Enter')
    await expect.poll(() => box().inputValue()).toBe(`rport:${server.port} pid:${process.pid}`)
    await press('Escape')
  })

  it('filters and recent searches are there again after a reload', async () => {
    await box().fill(`lport:${server.port}`)
    await box().press('Enter')
    await app.page.getByRole('button', { name: 'IPv6', exact: true }).click()
    await expect.poll(() => chips().count()).toBe(2)
    await app.page.waitForTimeout(1300)
    await app.page.reload()
    await app.rows('LISTEN').waitFor()
    expect(await box().inputValue()).toBe(`lport:${server.port}`)
    await expect.poll(() => chips().count()).toBe(2)
    await box().fill('')
    await box().press('ArrowUp')
    await options()
      .filter({ hasText: `lport:${server.port}` })
      .waitFor()
    await picture('recent')
    await press('Enter')
    expect(await box().inputValue()).toBe(`lport:${server.port}`)
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
