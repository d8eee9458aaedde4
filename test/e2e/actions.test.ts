import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

describe('acting on rows', () => {
  let app: WebApp
  beforeAll(async () => {
    app = await startWebApp()
  })
  afterAll(() => app.stop())

  it('ends the process behind a port: Del, a question that names it, and the port is free', async () => {
    const server = await startOwnProcess('listen')
    await app.search(`:${server.port}`)
    await app.rows('LISTEN').click()
    await app.page.keyboard.press('Delete')
    const dialog = app.page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.innerText()).toContain(String(server.pid))
    expect(await dialog.innerText()).toContain(`127.0.0.1:${server.port}`)
    await dialog.getByRole('button', { name: 'End process' }).click()
    expect(await server.ended).toBe('SIGTERM')
    await dialog
      .getByText(/Done|ended/i)
      .first()
      .waitFor()
    await dialog.locator('.footer').getByRole('button', { name: 'Close' }).click()
    await app.rows('LISTEN').waitFor({ state: 'detached' })
  })

  it('closes one connection: the peer sees a reset, the listener stays', async () => {
    const server = await startOwnProcess('listen')
    const client = connect(server.port, '127.0.0.1')
    await once(client, 'connect')
    const reset = once(client, 'error')
    await app.search(`lport:${server.port} state:established`)
    await app.rows('ESTABLISHED').click()
    await app.page.keyboard.press('Shift+Delete')
    const dialog = app.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Close connection' }).click()
    const [error] = (await reset) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
    await dialog.locator('.footer').getByRole('button', { name: 'Close' }).click()
    await app.search(`lport:${server.port}`)
    await app.rows('LISTEN').waitFor()
    await server.stop()
  })

  it('does not offer to close a listener, says why, and offers to end its process', async () => {
    const server = await startOwnProcess('listen')
    await app.search(`lport:${server.port}`)
    await app.rows('LISTEN').click()
    await app.page.keyboard.press('Shift+Delete')
    const dialog = app.page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByRole('button', { name: 'Close connection' }).count()).toBe(0)
    await dialog.getByRole('button', { name: /End .*instead/i }).click()
    await expect.poll(() => app.page.getByRole('dialog').innerText()).toContain(String(server.pid))
    await app.page.keyboard.press('Escape')
    expect(server.child.exitCode).toBeNull()
    await server.stop()
  })

  it('asks a second time before it would end a part of itself', async () => {
    await app.search(`is:listening process:node`)
    await app.rows(String(app.hostPid)).first().click()
    await app.page.keyboard.press('Delete')
    const dialog = app.page.getByRole('dialog')
    await dialog.waitFor()
    await expect.poll(() => dialog.getByRole('checkbox').count()).toBeGreaterThan(0)
    expect(await dialog.getByRole('button', { name: 'End process' }).isDisabled()).toBe(true)
    await app.page.keyboard.press('Escape')
  })

  it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
})

describe('a host that only looks', () => {
  it('disables the actions and says how to allow them', async () => {
    const app = await startWebApp([])
    const server = await startOwnProcess('listen')
    await app.search(`:${server.port}`)
    await app.rows('LISTEN').click()
    const button = app.page.getByRole('toolbar').getByRole('button', { name: 'End process' })
    expect(await button.isDisabled()).toBe(true)
    await app.page.keyboard.press('Delete')
    expect(await app.page.getByRole('dialog').count()).toBe(0)
    await app.page.getByText('Read only').click()
    await app.page.getByText('--allow-actions').first().waitFor()
    await server.stop()
    await app.stop()
  })
})
