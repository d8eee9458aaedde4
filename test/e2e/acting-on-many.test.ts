import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Connection } from '../../src-shared/model/connection.ts'
import { startOwnProcess } from './own-process.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

/** A closed row stays on screen for a while. */
const patience = { timeout: 15_000 }
let app: WebApp
beforeAll(async () => {
  app = await startWebApp(['--allow-actions'], { permissions: ['clipboard-read', 'clipboard-write'] })
})
afterAll(() => app.stop())

it('copies a row as JSON, and saves the filtered view as a file with the same connection', async () => {
  const server = await startOwnProcess('listen')
  await app.search(`lport:${server.port}`)
  await app.rows('LISTEN').click()
  await app.page.keyboard.press('Control+Shift+KeyC')
  await app.page.getByText('Copied.').waitFor()
  const copied = JSON.parse(await app.page.evaluate('navigator.clipboard.readText()')) as Connection[]
  expect(copied.map(({ local, owners, state }) => [local, owners[0]?.pid, state])).toEqual([
    [{ address: '127.0.0.1', port: server.port }, server.pid, 'LISTEN'],
  ])
  const download = app.page.waitForEvent('download')
  await app.page.getByRole('button', { name: 'Save the table as a file' }).click()
  await app.page.getByRole('menuitem', { name: 'JSON', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^connections-[\d-]+T[\d-]+\.json$/u)
  const saved = JSON.parse(readFileSync(await file.path(), 'utf8')) as Connection[]
  expect(saved.map(({ id, local }) => [id, local])).toEqual(copied.map(({ id, local }) => [id, local]))
  await server.stop()
})

it('ends two processes through one dialog that says what ends, and tells both results', async () => {
  const servers = await Promise.all([startOwnProcess('listen'), startOwnProcess('listen')])
  await app.search(`lport:${servers.map(({ port }) => port).join(',')}`)
  await expect.poll(() => app.rows('LISTEN').count(), patience).toBe(2)
  await app.rows('LISTEN').first().click()
  await app.page.keyboard.press('Control+KeyA')
  await app.page.keyboard.press('Delete')
  const dialog = app.page.getByRole('dialog')
  await dialog.getByText('2 processes end · 2 sockets close · 2 of them listening').waitFor()
  await dialog.getByRole('button', { name: 'End 2 processes' }).click()
  expect(await Promise.all(servers.map(({ ended }) => ended))).toEqual(['SIGTERM', 'SIGTERM'])
  await dialog.getByText('Done: 2').waitFor()
  await dialog.locator('.footer').getByRole('button', { name: 'Close' }).click()
})

it('closes one connection of several, and the others live on', async () => {
  const server = await startOwnProcess('listen')
  const clients = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')]
  await Promise.all(clients.map((client) => once(client, 'connect')))
  const [first, ...others] = clients
  const reset = once(first ?? server.child, 'error')
  const ended: unknown[] = []
  for (const other of others) other.on('error', (error) => ended.push(error))
  await app.search(`lport:${server.port} state:established`)
  await expect.poll(() => app.rows('ESTABLISHED').count(), patience).toBe(3)
  await app.rows(String(first?.localPort)).click()
  await app.page.keyboard.press('Shift+Delete')
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Close connection' }).click()
  expect(((await reset) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET')
  await dialog.getByText('Done').waitFor()
  await dialog.locator('.footer').getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => app.rows('ESTABLISHED').count(), patience).toBe(2)
  expect(ended).toEqual([])
  for (const other of others) other.destroy()
  await server.stop()
})

it('saw no error in the page', () => expect(app.pageErrors).toEqual([]))
