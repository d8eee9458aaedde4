/** From a row to the ladder of a real conversation, in a real browser: live, explained, stopped, saved. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { PcapStream } from '../../src-main/trace/pcap-stream.ts'
import { connectFrom } from '../live/engine/connect-from.ts'
import { whyNoTrace } from '../live/engine/tcpdump-here.ts'
import { violationsIn } from './check-with-axe.ts'
import { startWebApp, type WebApp } from './start-web-app.ts'

const secret = 'SECRET-MARKER-OF-THE-PAYLOAD'
const reason = process.platform === 'linux' ? whyNoTrace() : 'the fixtures of this test are made for Linux'

beforeEach((context) => {
  if (reason !== undefined) context.skip(reason)
})

let app: WebApp | undefined
let server: Server | undefined
const sockets: Socket[] = []
afterEach(async () => {
  await app?.stop()
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => server?.close())

async function listen(): Promise<number> {
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {}) // a reset is part of the story
    socket.on('data', (data) => socket.write(`echo ${String(data)}`))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function connect(port: number, localPort?: number): Promise<Socket> {
  const socket = await connectFrom(port, '127.0.0.1', localPort)
  sockets.push(socket)
  return socket
}

test('a person traces a connection from its row, reads what happens, and saves the headers', async () => {
  app = await startWebApp()
  const { page } = app
  const port = await listen()
  const first = await connect(port)
  const localPort = first.localPort ?? 0
  await app.search(`lport:${localPort} rport:${port}`)
  await app.rows(String(localPort)).first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Trace headers…' }).click()
  const dialog = page.getByRole('dialog', { name: `Trace headers: 127.0.0.1:${localPort} and 127.0.0.1:${port}` })
  await dialog.getByText('neither kept nor shown').waitFor()
  await dialog.getByRole('button', { name: 'Start' }).click()
  await dialog.getByText('No packet yet').waitFor()
  first.resetAndDestroy()
  await dialog.getByText('[R.]').first().waitFor()
  const second = await connect(port, localPort)
  second.write(secret)
  await dialog.getByText(`len ${secret.length}`, { exact: false }).first().waitFor()
  second.end()
  await dialog
    .getByRole('button', { name: /The other end is now CLOSED\.$/ })
    .last()
    .waitFor()
  const steps = dialog.locator('.step')
  await steps.first().focus()
  await page.keyboard.press('ArrowDown')
  await dialog.locator('.explanation').getByText('SYN: this end calls').waitFor()
  expect(await violationsIn(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await dialog.getByText('It was closed in order by both ends.').waitFor()
  expect(await dialog.textContent()).toContain('closed first by this end')
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save as pcap' }).click()])
  expect(download.suggestedFilename()).toMatch(/\.pcap$/)
  const file = readFileSync(await download.path())
  expect(file.includes('SECRET')).toBe(false)
  let records = 0
  const stream = new PcapStream()
  stream.push(file, () => (records += 1))
  expect([stream.problem, records]).toEqual([undefined, await steps.count()])
  expect(app.pageErrors).toEqual([])
})

test('a host that only looks offers no trace, and says how to be allowed', async () => {
  app = await startWebApp([])
  const port = await listen()
  const socket = await connect(port)
  await app.search(`lport:${socket.localPort ?? 0} rport:${port}`)
  await app.rows(String(port)).first().click({ button: 'right' })
  const item = app.page.getByRole('menuitem', { name: /Trace headers…/ })
  expect(await item.getAttribute('aria-disabled')).toBe('true')
  expect(await item.getAttribute('title')).toContain('--allow-actions')
})
