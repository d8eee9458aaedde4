import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess, type OwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('a watch rule', () => {
  let app: WebApp
  const processes: OwnProcess[] = []
  beforeAll(async () => {
    app = await startWebApp([], { permissions: ['notifications'] })
    await app.page.evaluate(() => {
      const told: string[] = []
      Object.assign(window, { told })
      // The browser without a screen shows no notices; what it is handed is what counts.
      Object.assign(window, {
        Notification: class extends EventTarget {
          static readonly permission = 'granted'
          static requestPermission(): Promise<string> {
            return Promise.resolve('granted')
          }
          constructor(title: string, { body }: { body: string }) {
            super()
            told.push(`${title} | ${body}`)
          }
          close(): void {}
        },
      })
    })
  })
  afterAll(async () => {
    for (const each of processes) await each.stop()
    await app.stop()
  })
  const listen = async (): Promise<OwnProcess> => {
    const server = await startOwnProcess('listen')
    processes.push(server)
    return server
  }
  const dialog = () => app.page.getByRole('dialog', { name: 'Watch rules' })
  const bell = (name: RegExp) => app.page.getByRole('button', { name })

  it('is made from a search, shows what it would match, and is kept', async () => {
    const server = await listen()
    await app.search(`is:listening pid:${server.pid}`)
    await app.rows('LISTEN').waitFor()
    await app.search('is:listening process:node')
    await app.page.getByRole('button', { name: 'Tell me when…' }).click()
    await dialog()
      .getByText(/It would match \d+ rows? now\./)
      .waitFor()
    await dialog().getByRole('combobox', { name: 'Tell me when' }).selectOption({ label: 'a new listener appears' })
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Node listens')
    await dialog().getByRole('button', { name: 'Save rule' }).click()
    await dialog().getByText('New listener: is:listening process:node').waitFor()
    await dialog().getByRole('checkbox', { name: 'Also as a desktop notification' }).check()
    await app.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  it('tells of a real listener that appears while the table is frozen, and its log leads to the row', async () => {
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.press('Space')
    const server = await listen()
    await app.page.locator('.toasts').getByText('Node listens').waitFor()
    await bell(/alarms? from watch rules/).click()
    const line = dialog().getByRole('button', { name: new RegExp(`node\\[${server.pid}\\] TCP 127\\.0\\.0\\.1:${server.port} LISTEN`) })
    await line.waitFor()
    const told = await app.page.evaluate(() => (window as unknown as { told: string[] }).told)
    expect(told.some((each) => each.startsWith('Sockscope: Node listens | ') && each.includes('new listener'))).toBe(true)
    await app.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await app.page.getByRole('grid').focus()
    await app.page.keyboard.press('Space')
    await bell(/^Watch rules$/).click()
    await dialog().getByRole('button', { name: 'Log' }).click()
    await line.click()
    const selected = app.page.locator('.connection-body [aria-selected=true]:not([hidden])')
    await expect.poll(() => selected.first().innerText()).toContain(String(server.port))
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})
