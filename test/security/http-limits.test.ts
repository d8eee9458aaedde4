/** Attacks: methods that change things, floods of headers, requests that never end, and bytes that are no HTTP at all. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headersTimeoutMs, maximumHeaderBytes } from '../../src-main/server/web-host.ts'
import { get, parseResponse, raw, rawSocket, startTestHost, type TestHost } from './start-test-host.ts'

describe('a request that should not be', () => {
  let host: TestHost
  let cookie: string
  beforeAll(async () => {
    host = await startTestHost()
    cookie = await host.newCookie()
  })
  afterAll(() => host.close())

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'by %s gets 405 and which methods there are',
    async (method) => {
      const { status, headers } = await get(host, '/', { method, headers: { Cookie: cookie, Origin: `http://${host.name}` } })
      expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
    },
  )

  it('by CONNECT makes no proxy of the host', async () => {
    expect((await get(host, `127.0.0.1:${host.port}`, { method: 'CONNECT' })).status).toBe(405)
  })

  it('with too many or too long headers gets 431', async () => {
    const long = await get(host, '/', { headers: { 'X-Long': 'a'.repeat(maximumHeaderBytes + 1) } })
    expect(long.status).toBe(431)
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`X-${index}`, 'y']))
    expect((await get(host, '/', { headers: many })).status).toBe(431)
  })

  it.each([
    ['garbage', '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', 400],
    ['half a request line', 'GET\r\n\r\n', 400],
    ['a line break in a header name', 'GET / HTTP/1.1\r\nHo st: x\r\n\r\n', 400],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length and chunks, as smugglers send',
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['HTTP/1.0 without a host', 'GET / HTTP/1.0\r\n\r\n', 403],
  ])('made of %s gets a plain 4xx', async (_what, bytes, status) => {
    expect((await raw(host.port, bytes)).status).toBe(status)
  })

  it('made of random bytes never brings the host down', async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const noise = Uint8Array.from({ length: 200 }, (_, index) => Math.imul(seed * 2654435761 + index * 40503, index + seed) >>> 24)
      const socket = rawSocket(host.port)
      socket.end(noise)
      socket.resume()
      await once(socket, 'close')
    }
    expect((await get(host, '/', { headers: { Cookie: cookie } })).status).toBe(200)
  })

  it('that dribbles its headers (slowloris) is cut off', { timeout: headersTimeoutMs + 10_000 }, async () => {
    const startedAt = performance.now()
    const socket = rawSocket(host.port)
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.write('GET / HTTP/1.1\r\n')
    const dribble = setInterval(() => socket.write('X: y\r\n'), 200)
    await once(socket, 'close')
    clearInterval(dribble)
    expect(parseResponse(Buffer.concat(chunks).toString('latin1')).status).toBe(408)
    expect(performance.now() - startedAt).toBeLessThan(headersTimeoutMs + 3_000)
  })

  it('beyond the number of connections is turned away, and others come in when these have gone', async () => {
    const sockets = Array.from({ length: 100 }, () => rawSocket(host.port))
    let turnedAway = 0
    for (const socket of sockets) socket.resume().once('close', () => (turnedAway += 1))
    // Long before the timeout for silent connections would close all of them.
    await expect.poll(() => turnedAway, { timeout: headersTimeoutMs / 2 }).toBeGreaterThanOrEqual(36)
    expect(turnedAway).toBeLessThan(50)
    for (const socket of sockets) socket.destroy()
    await expect.poll(async () => (await get(host, '/', { headers: { Cookie: cookie } })).status).toBe(200)
  })
})

describe('every answer', () => {
  it('carries the headers that keep a browser from helping an attacker', async () => {
    const host = await startTestHost()
    const cookie = await host.newCookie()
    const answers = [
      await get(host, '/', { headers: { Cookie: cookie } }),
      await get(host, '/nothing', { headers: { Cookie: cookie } }),
      await get(host, '/'),
      await get(host, `/?token=${host.newToken()}`),
      await get(host, '/', { host: 'evil.example' }),
      await get(host, '/', { method: 'POST' }),
      await raw(host.port, 'x\r\n\r\n'),
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
      const policy = headers['content-security-policy'] ?? ''
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy.split('; ')).toContain(rule)
      }
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined()
    }
    expect(answers[0]?.headers['content-security-policy']).toContain(`connect-src 'self' ws://${host.name};`)
    await host.close()
  })
})
