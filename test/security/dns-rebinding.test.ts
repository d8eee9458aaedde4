/**
 * Attack: a page on evil.example makes its own name resolve to 127.0.0.1 after it was loaded. To the browser our host is now of the
 * page's own origin, and it reads what it likes. Only the Host header still tells: it carries the page's name.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get, page, startTestHost, tryWebSocket, type TestHost } from './start-test-host.ts'

const foreign = (port: number): readonly string[] => [
  'evil.example',
  `evil.example:${port}`,
  `127.0.0.1.evil.example:${port}`,
  `localhost.evil.example:${port}`,
  `localhost.:${port}`,
  `evil.example#127.0.0.1:${port}`,
  `127.0.0.1:${port + 1}`,
  '127.0.0.1',
  'localhost',
  `127.1:${port}`,
  `2130706433:${port}`,
  `0.0.0.0:${port}`,
  `[::ffff:127.0.0.1]:${port}`,
  `127.0.0.1:${port}@evil.example`,
  `user@127.0.0.1:${port}`,
  `127.0.0.1:0${port}`,
]

describe('DNS rebinding', () => {
  let host: TestHost
  let cookie: string
  beforeAll(async () => {
    host = await startTestHost()
    cookie = await host.newCookie()
  })
  afterAll(() => host.close())

  it('gets nothing under a foreign name, not even with a valid cookie or token', async () => {
    for (const name of foreign(host.port)) {
      const withCookie = await get(host, '/', { host: name, headers: { Cookie: cookie } })
      expect([name, withCookie.status]).toEqual([name, 403])
      expect(withCookie.text).not.toContain(page)
      const token = host.newToken()
      const withToken = await get(host, `/?token=${token}`, { host: name })
      expect(withToken.status).toBe(403)
      expect(withToken.headers['set-cookie']).toBeUndefined()
    }
  })

  it('opens no WebSocket under a foreign name, also when the Origin agrees with it', async () => {
    for (const name of foreign(host.port)) {
      const { outcome } = await tryWebSocket(host, { headers: { Host: name, Origin: `http://${name}`, Cookie: cookie } })
      expect([name, outcome]).toEqual([name, 403])
    }
  })

  it('does not spend a token that came under a foreign name', async () => {
    const token = host.newToken()
    await get(host, `/?token=${token}`, { host: `evil.example:${host.port}` })
    expect((await get(host, `/?token=${token}`)).status).toBe(200)
  })

  it('answers under each of its own names', async () => {
    for (const name of [`127.0.0.1:${host.port}`, `localhost:${host.port}`, `LOCALHOST:${host.port}`, `[::1]:${host.port}`]) {
      expect((await get(host, '/', { host: name, headers: { Cookie: cookie } })).status).toBe(200)
    }
  })
})
