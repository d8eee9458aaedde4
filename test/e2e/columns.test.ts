/** Arranging the table, by mouse and by keyboard, and finding it arranged like that again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { startWebApp, type WebApp } from './start-web-app.ts'

let app: WebApp
let page: Page

beforeAll(async () => {
  app = await startWebApp([], { viewport: { width: 1440, height: 780 } })
  page = app.page
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
})
afterAll(() => app?.stop())

const titles = (): Promise<(string | undefined)[]> =>
  page.locator('.connection-title').evaluateAll((each) => each.map((title) => (title as HTMLElement).dataset['column']))
const title = (id: string) => page.locator(`.connection-title[data-column=${id}]`)
const widthOf = (id: string): Promise<number> => title(id).evaluate((element) => (element as HTMLElement).offsetWidth)
const middleOf = async (id: string): Promise<{ x: number; y: number; right: number }> => {
  const box = (await title(id).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, right: box.x + box.width }
}
const drag = async (from: { x: number; y: number }, toX: number): Promise<void> => {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + toX) / 2, from.y, { steps: 4 })
  await page.mouse.move(toX, from.y, { steps: 4 })
  await page.mouse.up()
}
const grid = () => page.locator('.connection-table')
/**
 * Where the column stands: its title and its cells on screen, each place once. Read in one go: between two questions a frame may bring
 * other cells, or none where a row was.
 */
const placesOf = (id: string): Promise<{ scrolled: boolean; titles: number[]; cells: number[] }> =>
  grid().evaluate((element, column) => {
    const placesOfAll = (selector: string): number[] => [
      ...new Set([...element.querySelectorAll(selector)].map((found) => Math.round(found.getBoundingClientRect().x))),
    ]
    return {
      scrolled: element.scrollLeft > 0,
      titles: placesOfAll(`.connection-title[data-column=${column}]`),
      cells: placesOfAll(`.connection-row:not([hidden]) > .cell-${column}`),
    }
  }, id)
const pointedAt = (): Promise<string | undefined> =>
  grid().evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent?.trim())

describe('the columns of the table', () => {
  it('fit into a window of 1440 pixels', async () => {
    expect(await grid().evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    const cut = await page
      .locator('.connection-title-text')
      .evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent))
    expect(cut).toEqual([])
  })

  it('are moved, resized and fitted with the mouse', async () => {
    const to = await middleOf('process')
    await drag(await middleOf('state'), to.x - 20)
    expect((await titles()).slice(0, 2)).toEqual(['state', 'process'])

    const before = await widthOf('process')
    const edge = await middleOf('process')
    await drag({ x: edge.right - 3, y: edge.y }, edge.right + 57)
    expect(await widthOf('process')).toBe(before + 60)

    const wide = await middleOf('process')
    await page.mouse.dblclick(wide.right - 3, wide.y)
    await expect.poll(() => widthOf('process')).not.toBe(before + 60)
    const cut = await page
      .locator('.connection-row:not([hidden]) > .cell-process')
      .evaluateAll((cells) => cells.some((cell) => cell.scrollWidth > cell.clientWidth))
    expect(cut).toBe(false)
  })

  it('are sorted by together with Shift', async () => {
    await title('remotePort').getByRole('button').click()
    await title('localPort')
      .getByRole('button')
      .click({ modifiers: ['Shift'] })
    expect(await title('remotePort').getAttribute('aria-sort')).toBe('ascending')
    expect(await page.locator('.sort-place').allTextContents()).toEqual(['2', '1'])
  })

  it('are reached, moved and pinned from the keyboard', async () => {
    await grid().focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowUp')
    await expect.poll(pointedAt).toBe('State')
    await page.keyboard.press('End')
    await expect.poll(pointedAt).toBe('Sent')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await expect.poll(async () => (await titles()).at(-2)).toBe('sent')

    await page.keyboard.press('Alt+ArrowDown')
    await page.getByRole('menuitem', { name: 'Pin at the start' }).click()
    await expect.poll(async () => (await titles())[0]).toBe('sent')
    await page.setViewportSize({ width: 700, height: 780 })
    await grid().evaluate((element) => (element.scrollLeft = 400))
    await expect.poll(() => placesOf('sent')).toEqual({ scrolled: true, titles: [0], cells: [0] })
    await page.setViewportSize({ width: 1440, height: 780 })
  })

  it('let a cell be read and come into view', async () => {
    await grid().focus()
    await page.keyboard.press('Escape') // from the header to the rows
    await page.keyboard.press('Escape') // from a cell to the whole row
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const states = page.locator('.connection-row:not([hidden]) > .cell-state')
    await expect.poll(pointedAt).toMatch(/^[A-Z0-9-]+$/)
    expect(await page.locator('.cell-active').count()).toBe(1)
    expect(await states.evaluateAll((cells) => cells.filter((cell) => cell.classList.contains('cell-active')).length)).toBe(1)
  })

  it('are chosen, with row height and zoom, and all of it is there the next time', async () => {
    await page.getByRole('button', { name: 'Choose columns' }).click()
    await page.getByRole('checkbox', { name: 'Executable', exact: true }).check()
    await page.getByRole('checkbox', { name: 'User', exact: true }).uncheck()
    await page.getByLabel('Row height').selectOption('Roomy')
    await page.keyboard.press('Escape')
    await grid().focus()
    await page.keyboard.press('Control+=')
    await grid().hover()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -100)
    await page.keyboard.up('Control')
    const rowHeight = () =>
      page
        .locator('.connection-row:not([hidden])')
        .first()
        .evaluate((row) => (row as HTMLElement).offsetHeight)
    await expect.poll(rowHeight).toBe(Math.round(32 * 1.2))

    const arranged = await titles()
    expect([arranged.includes('executable'), arranged.includes('user')]).toEqual([true, false])
    await page.reload()
    await page.locator('.connection-body [role=row]').first().waitFor()
    await expect.poll(titles).toEqual(arranged)
    await expect.poll(rowHeight).toBe(Math.round(32 * 1.2))
    expect(await page.locator('.sort-place').count()).toBe(2)
    expect(app.pageErrors).toEqual([])
  })

  it('go back to the usual ones', async () => {
    await page.getByRole('button', { name: 'Choose columns' }).click()
    await page.getByRole('button', { name: 'Usual columns' }).click()
    await page.keyboard.press('Escape')
    expect((await titles()).slice(0, 3)).toEqual(['process', 'pid', 'protocol'])
  })
})
