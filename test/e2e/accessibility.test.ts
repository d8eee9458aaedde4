import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contrast, type Colour } from '../builders/css-colours.ts'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Looks come once a second; a busy machine takes longer. */
const patience = { timeout: 25_000 }

/** What the browser computes for the first match. */
const styleOf = (app: WebApp, selector: string, property: string, pseudo?: string): Promise<string> =>
  app.page
    .locator(selector)
    .first()
    .evaluate((element, [name = '', part]) => getComputedStyle(element, part).getPropertyValue(name), [property, pseudo])

const colourIn = (text: string): Colour => {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/gu) ?? []).map((part) => Number(part) / 255)
  return [red, green, blue]
}
/** How well each piece of text within the first match can be read on what it stands on: contrast ratios of WCAG. */
async function contrastsOf(app: WebApp, selector: string): Promise<number[]> {
  const pairs = await app.page
    .locator(selector)
    .first()
    .evaluate((root) =>
      [root, ...root.querySelectorAll('*')]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''))
        .map((element) => {
          const { color } = getComputedStyle(element)
          let ground = 'rgba(0, 0, 0, 0)'
          for (let at: Element | null = element; at !== null && ground === 'rgba(0, 0, 0, 0)'; at = at.parentElement)
            ground = getComputedStyle(at).backgroundColor
          return [color, ground] as const
        }),
    )
  return pairs.map(([text, ground]) => contrast(colourIn(text), colourIn(ground)))
}

const cutTitles = (app: WebApp): Promise<(string | null)[]> =>
  app.page
    .locator('.connection-sort')
    .evaluateAll((titles) => titles.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent))

describe('the keyboard and what is not colour', () => {
  let app: WebApp
  let server: OwnProcess
  /** A socket that has ended knows its port no more. */
  const ports = new Map<Socket, string>()
  beforeAll(async () => {
    server = await startOwnProcess('listen')
    // Long enough to be looked at on a machine that is busy: signs go with the colours.
    app = await startWebApp([], {}, { tourDone: true, highlightMs: 30_000 })
  })
  afterAll(async () => {
    await server.stop()
    await app.stop()
  })
  const opened = async (): Promise<Socket> => {
    const client = connect(server.port, '127.0.0.1')
    client.on('error', () => {})
    await once(client, 'connect')
    ports.set(client, String(client.localPort))
    return client
  }
  /** The class and the sign of a connection's row, in one reading: what stands before a slash is seen, what follows is read out. */
  const newsOf = (client: Socket): Promise<string> =>
    app.page.locator('.connection-body').evaluate((body, port) => {
      const row = [...body.querySelectorAll('.connection-row:not([hidden])')].find(
        (each) => each.querySelector('.cell-localPort')?.textContent === port,
      )
      const news = [...(row?.classList ?? [])].find((name) => /^row-(?:new|changed|closed)$/u.test(name))
      const sign = row?.firstElementChild == null ? '' : getComputedStyle(row.firstElementChild, '::before').content
      return `${news ?? 'no news'} ${sign}`
    }, ports.get(client))

  it('comes from the search box to the table in fewer than twelve steps of Tab, and back', async () => {
    await app.page.getByRole('search').getByRole('combobox').focus()
    const inTable = (): Promise<boolean> => app.page.getByRole('grid').evaluate((grid) => document.activeElement === grid)
    let steps = 0
    while (!(await inTable()) && steps < 40) {
      await app.page.keyboard.press('Tab')
      steps += 1
    }
    expect(steps).toBeLessThan(12)
    await app.page.keyboard.press('Shift+Tab')
    await app.page.keyboard.press('ArrowRight')
    expect(await app.page.evaluate(() => document.activeElement?.classList.contains('chip'))).toBe(true)
    await app.page.keyboard.press('Tab')
    expect(await inTable()).toBe(true)
  })

  it('shows every column title in full, sorted or not', async () => {
    expect(await cutTitles(app)).toEqual([])
    for (const title of await app.page.locator('.connection-sort').all()) {
      await title.click()
      expect(await cutTitles(app)).toEqual([])
    }
  })

  it('marks new, changed and closed rows with a sign beside their colour', async () => {
    await app.search(`rport:${server.port}`)
    const client = await opened()
    await expect.poll(() => newsOf(client), patience).toBe('row-new "+" / ""')
    client.end()
    await expect.poll(() => newsOf(client), patience).toBe('row-changed "~" / ""')
    const second = await opened()
    await expect.poll(() => newsOf(second), patience).toBe('row-new "+" / ""')
    second.resetAndDestroy()
    await expect.poll(() => newsOf(second), patience).toBe('row-closed "\u2212" / ""')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

describe('with the few colours that a person chose for the whole system', () => {
  let app: WebApp
  beforeAll(async () => {
    app = await startWebApp([], { forcedColors: 'active' })
  })
  afterAll(() => app.stop())

  it('tells selected rows, pressed switches and chips from the others', async () => {
    await app.rows().nth(1).click()
    const ground = (selector: string): Promise<string> => styleOf(app, selector, 'background-color')
    const canvas = await ground('.connection-table')
    expect(await ground('.connection-row[aria-selected=true]')).not.toBe(canvas)
    expect(await ground('.toggle[aria-pressed=true]')).not.toBe(canvas)
    await app.page
      .getByRole('button', { name: /LISTEN/ })
      .first()
      .click()
    expect(await ground('.chip[aria-pressed=true]')).not.toBe(await ground('.chip[aria-pressed=false]'))
    expect(await ground('.mode .dot')).not.toBe(canvas)
    await app.page.getByRole('button', { name: 'Pause' }).click()
    expect(await ground('.button[aria-pressed=true]')).not.toBe(await ground('.button:not([aria-pressed=true])'))
    expect(await ground('.mode .dot')).not.toBe(canvas)
  })

  it('lets every word be read on what is chosen: rows, entries of menus, commands, and the page that is open', async () => {
    const chosen = async (selector: string): Promise<string> => {
      await app.page.locator(selector).first().waitFor()
      return `${selector} ${(await contrastsOf(app, selector)).every((ratio) => ratio >= 4.5) ? 'can be read' : 'cannot be read'}`
    }
    const marked = async (one: string, other: string, property: string): Promise<string> =>
      `${one} ${(await styleOf(app, one, property)) === (await styleOf(app, other, property)) ? 'looks like the others' : 'stands out'}`
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.press('Home')
    await app.page.keyboard.press('ArrowDown')
    const told = [await chosen('.connection-row.row-selected:not([hidden])')]
    await app.page.keyboard.press('Shift+F10')
    await app.page.keyboard.press('ArrowDown')
    told.push(await chosen('.menu-item[data-highlighted]'))
    told.push(await marked('.menu-item[data-highlighted]', '.menu-item:not([data-highlighted])', 'background-color'))
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
    await app.page.keyboard.press('Control+k')
    told.push(await chosen('.palette .option.active'))
    told.push(await marked('.palette .option.active', '.palette .option:not(.active)', 'background-color'))
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
    told.push(await marked('nav [aria-current=page]', 'nav .tab:not([aria-current])', 'border-bottom-color'))
    await app.page.keyboard.press('Enter')
    await app.page.getByRole('tab').first().waitFor()
    told.push(await marked('[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]', 'border-bottom-color'))
    await app.page.keyboard.press('F8')
    await app.page.locator('.toast').waitFor()
    told.push(await marked('.toast', '.connection-table', 'border-top-width'))
    expect(told.filter((each) => !/(?:can be read|stands out)$/u.test(each))).toEqual([])
  })

  it('draws a line around states', async () => {
    expect(await styleOf(app, '.state-pill:not(.state-none)', 'border-top-width')).toBe('1px')
  })
})

describe('for people who asked for less motion', () => {
  let app: WebApp
  let server: OwnProcess
  beforeAll(async () => {
    server = await startOwnProcess('leak', '40')
    app = await startWebApp([], { reducedMotion: 'reduce' })
  })
  afterAll(async () => {
    await app.stop()
    await server.stop()
  })

  /** Whatever moves now, or would if it changed. */
  const moving = (): Promise<string[]> =>
    app.page.evaluate(() => {
      const running = document.getAnimations().filter(({ playState }) => playState === 'running')
      const able = [...document.querySelectorAll('*')].flatMap((element) =>
        [undefined, '::before', '::after'].flatMap((part) => {
          const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element, part)
          const animated = animationName !== 'none' && /[1-9]/u.test(animationDuration)
          const moves = /[1-9]/u.test(transitionDuration) || animated || scrollBehavior === 'smooth'
          return moves ? [`${element.tagName}.${element.getAttribute('class') ?? ''}${part ?? ''}`] : []
        }),
      )
      return [...running.map(() => 'a running animation'), ...able]
    })

  it('nothing moves, on no page and in no panel', async () => {
    await app.search(`port:${server.port} state:close-wait`)
    await app.rows('CLOSE-WAIT').first().click()
    await app.page.keyboard.press('Enter')
    await app.page.locator('.node.current').first().waitFor()
    const found = await moving()
    // The same look finds what moves for everybody else.
    await app.page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await moving()).not.toEqual([])
    await app.page.emulateMedia({ reducedMotion: 'reduce' })
    await app.page.keyboard.press('Shift+F10')
    await app.page.getByRole('menu').waitFor()
    found.push(...(await moving()))
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('menu').waitFor({ state: 'detached' })
    for (const page of [2, 3, 4, 5, 6, 7]) {
      await app.page.keyboard.press(`Alt+Shift+${page}`)
      await app.page.locator('main:visible').waitFor()
      found.push(...(await moving()))
    }
    await app.page.keyboard.press('Control+,')
    await app.page.getByRole('dialog').waitFor()
    found.push(...(await moving()))
    expect(found).toEqual([])
  })
})
