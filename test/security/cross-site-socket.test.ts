/**
 * Attack: any page the user visits opens a WebSocket to 127.0.0.1. WebSockets know no same-origin policy, and cookies know no ports:
 * a page served from another local port is "same site" and its connection carries our cookie. The Origin header tells them apart.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, get, ownHeaders, startTestHost, tryWebSocket, type TestHost } from './start-test-host.ts'

describe('a WebSocket from another page', () => {
  let host: TestHost
  let cookie: string
  beforeAll(async () => {
    host = await startTestHost()
    cookie = await host.newCookie()
  })
  afterAll(() => host.close())

  it('is refused whatever Origin it comes from, or from none', async () => {
    const origins = [
      'https://evil.example',
      'http://localhost:3000',
      `http://127.0.0.1:${host.port + 1}`,
      `https://127.0.0.1:${host.port}`,
      `http://localhost:${host.port}`, // ours, but not the name under which this request came
      `http://127.0.0.1:${host.port}.evil.example`,
      `http://127.0.0.1:${host.port}/`,
      'http://127.0.0.1',
      'null',
      'file://',
      '',
    ]
    for (const origin of origins) {
      const { outcome } = await tryWebSocket(host, { headers: { Host: host.name, Origin: origin, Cookie: cookie } })
      expect([origin, outcome]).toEqual([origin, 403])
    }
    const { outcome } = await tryWebSocket(host, { headers: { Host: host.name, Cookie: cookie } })
    expect(outcome).toBe(403)
  })

  it('is refused without a session, also from our own Origin', async () => {
    const own = { Host: host.name, Origin: `http://${host.name}` }
    const { cookieName, value } = { cookieName: cookie.split('=')[0] ?? '', value: cookie.split('=')[1] ?? '' }
    for (const wrong of [
      '',
      `${cookieName}=`,
      `${cookieName}=${'A'.repeat(43)}`,
      `other=${value}`,
      `${cookieName}x=${value}`,
      `${cookie}x`,
    ]) {
      const { outcome } = await tryWebSocket(host, { headers: wrong === '' ? own : { ...own, Cookie: wrong } })
      expect([wrong, outcome]).toEqual([wrong, 401])
    }
  })

  it('opens only at its own path', async () => {
    const headers = await ownHeaders(host)
    for (const path of ['/', '/socket/', '/socket?x', '/socket/../socket', '//socket', '/SOCKET', '/index.html']) {
      expect([path, (await tryWebSocket(host, { path, headers })).outcome]).toEqual([path, path === '/socket/../socket' ? 'open' : 404])
    }
  })

  it('is open to our own page', async () => {
    const { outcome, socket } = await tryWebSocket(host, { headers: await ownHeaders(host) })
    expect(outcome).toBe('open')
    expect(await ask(socket, { type: 'call', id: 1, name: 'getHost' })).toMatchObject({ type: 'result', id: 1, result: { ok: true } })
    socket.terminate()
  })

  it('is refused as an upgrade to another protocol or with another method', async () => {
    const upgrade = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const headers = { ...(await ownHeaders(host)), ...upgrade }
    expect((await get(host, '/socket', { headers, method: 'POST' })).status).toBe(404)
    for (const change of [{ Upgrade: 'h2c' }, { 'Sec-WebSocket-Key': 'short' }, { 'Sec-WebSocket-Version': '7' }]) {
      const { status } = await get(host, '/socket', { headers: { ...headers, ...change } })
      expect([400, 426]).toContain(status)
    }
  })
})

describe('the right to act', () => {
  const endProcess = { type: 'call', id: 1, name: 'endProcess', input: { targets: [{ pid: 1, startToken: 'x' }] } }

  it.each([
    [false, { ok: false, error: { code: 'not-allowed' } }],
    [true, { ok: true }],
  ])('is %s as the host was started, whatever a page asks', async (actionsAllowed, result) => {
    const host = await startTestHost({ actionsAllowed })
    const { socket } = await tryWebSocket(host, { headers: await ownHeaders(host) })
    expect(await ask(socket, endProcess)).toMatchObject({ result })
    socket.terminate()
    await host.close()
  })
})
