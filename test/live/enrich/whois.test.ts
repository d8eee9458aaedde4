/** Attack: a WHOIS server that floods, stalls, hangs up or sends what drives a terminal. */
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { askWhois } from '../../../src-main/enrich/ask-whois.ts'
import { startWhoisServer, type LoopbackServer } from './loopback-servers.ts'

let server: LoopbackServer | undefined
afterEach(() => server?.stop())
const ask = (timeoutMs = 20_000) => askWhois({ server: '127.0.0.1', port: server?.port ?? 0, query: '192.0.2.7', timeoutMs })

describe('a question to a WHOIS server', () => {
  it('is one line, and everything until the end is the answer', async () => {
    server = await startWhoisServer((line, socket) => {
      socket.write(`% asked for ${line}\r\n\r\ninetnum:\t192.0.2.0/24\r\n`)
      socket.end('source: TEST\r\n')
    })
    expect(await ask()).toEqual({ ok: true, cut: false, text: '% asked for 192.0.2.7\n\ninetnum:    192.0.2.0/24\nsource: TEST' })
    expect(server.questions).toEqual(['192.0.2.7\r\n'])
  })
  it('shows control characters and reversed text instead of obeying them, in UTF-8 and Latin-1', async () => {
    server = await startWhoisServer((_line, socket) => socket.end('descr: \u001b]0;owned\u0007 a\u{202e}b 北京\n'))
    expect(await ask()).toMatchObject({ text: 'descr: \\x1b]0;owned\\x07 a\\u{202e}b 北京' })
    await server.stop()
    server = await startWhoisServer((_line, socket) => socket.end(Buffer.from('descr: Malmö', 'latin1')))
    expect(await ask()).toMatchObject({ text: 'descr: Malmö' })
  })
  it('takes no more than 64 KiB from one that never ends', async () => {
    server = await startWhoisServer((_line, socket) => {
      const flood = (): void => {
        while (socket.writable && socket.write('x'.repeat(1000)));
      }
      socket.on('drain', flood)
      flood()
    })
    const reply = await ask()
    expect(reply).toMatchObject({ ok: true, cut: true })
    expect(reply.ok && reply.text.length).toBe(64 * 1024)
  })
  it('keeps what came before one stalls, and gives up on one that says nothing', async () => {
    server = await startWhoisServer((_line, socket) => socket.write('inetnum: 192.0.2.0/24\n'))
    expect(await ask(500)).toEqual({ ok: true, cut: true, text: 'inetnum: 192.0.2.0/24' })
    await server.stop()
    server = await startWhoisServer(() => {})
    expect(await ask(200)).toEqual({ ok: false, problem: 'timeout' })
  })
  it('does not take half an answer for a whole one when the connection breaks', async () => {
    server = await startWhoisServer((_line, socket) => {
      socket.write('inetnum: 192.0.2.0/24\n', () => setTimeout(() => socket.resetAndDestroy(), 50))
    })
    expect(await ask()).toEqual({ ok: true, cut: true, text: 'inetnum: 192.0.2.0/24' })
  })
  it('says that nobody is there, or that they hung up', async () => {
    server = await startWhoisServer((_line, socket) => socket.destroy())
    expect(await ask()).toEqual({ ok: false, problem: 'unreachable' })
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    expect(await askWhois({ server: '127.0.0.1', port, query: 'x' })).toEqual({ ok: false, problem: 'unreachable' })
  })
})
