import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** Twenty thousand connections are forty thousand sockets, as both ends are on this machine. */
const holders = 4
const connectionsEach = 5000

describe('forty thousand sockets', () => {
  let app: WebApp
  let held: OwnProcess[] = []
  beforeAll(async () => {
    held = await Promise.all(Array.from({ length: holders }, () => startOwnProcess('hold', String(connectionsEach))))
    app = await startWebApp()
  }, 120_000)
  afterAll(async () => {
    await app.stop()
    await Promise.all(held.map((each) => each.stop()))
  })

  it('are all counted, and the owner of each is known', async () => {
    const query = held.map(({ port }) => `port:${port}`).join(' OR ')
    await app.search(`state:established (${query})`)
    const status = () => app.page.getByRole('contentinfo', { name: 'Status' })
    await expect
      .poll(
        async () =>
          Number(
            /^[\d,]+/
              .exec(
                await status()
                  .getByText(/of [\d,]+ shown/)
                  .innerText(),
              )?.[0]
              .replaceAll(',', ''),
          ),
        {
          timeout: 30_000,
        },
      )
      .toBe(holders * connectionsEach * 2)
    await app.search(`is:unowned state:established (${query})`)
    await app.page.getByText('No connections match').waitFor()
  })

  it('scroll to the end and back, with rows under every position', async () => {
    await app.search('state:established')
    await app.rows('ESTABLISHED').first().waitFor()
    const grid = app.page.getByRole('grid')
    const blank: number[] = []
    for (const share of [0.25, 0.5, 0.75, 1, 0.4, 0]) {
      await grid.evaluate((element, to) => {
        element.scrollTop = (element.scrollHeight - element.clientHeight) * to
      }, share)
      await app.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      const visible = await grid.evaluate((element) => {
        const frame = element.getBoundingClientRect()
        const rows = [...element.querySelectorAll<HTMLElement>('.connection-body [role=row]:not([hidden])')]
        return rows.filter((row) => {
          const { top, bottom } = row.getBoundingClientRect()
          return bottom > frame.top && top < frame.bottom && row.innerText.includes('ESTABLISHED')
        }).length
      })
      if (visible < 15) blank.push(share)
    }
    expect(blank).toEqual([])
  })

  it('stay usable: a key in the search box is answered while the table lives', async () => {
    await app.search(`:${held[0]?.port} is:listening`)
    await app.rows('LISTEN').waitFor()
    expect(await app.rows().count()).toBe(1)
    expect(app.pageErrors).toEqual([])
  })
})
