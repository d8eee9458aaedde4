/**
 * Attacks: coming without a token, guessing one, using one again that was read over the user's shoulder or in a log, and using the
 * cookie of another host of ours. What may be in a log must be worth nothing once the user is in.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessGate } from '../../src-main/server/access-gate.ts'
import { get, page, startTestHost, type TestHost } from './start-test-host.ts'

describe('the one-time token', () => {
  let host: TestHost
  beforeAll(async () => {
    host = await startTestHost()
  })
  afterAll(() => host.close())

  it('is needed for everything', async () => {
    for (const target of ['/', '/index.html', '/assets/index-1a2b.js', '/nothing', '/socket']) {
      const { status, body } = await get(host, target)
      expect([target, status]).toEqual([target, 401])
      expect(body).not.toContain('<')
    }
  })

  it('is exchanged for a cookie that scripts, other sites and other ports of ours cannot use', async () => {
    const { status, headers, body } = await get(host, `/?token=${host.newToken()}`)
    expect(status).toBe(200)
    expect(headers['set-cookie']).toMatch(new RegExp(`^sockscope-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
    expect(body).toContain('url=/')
    expect(body).not.toContain('token')
    const cookie = headers['set-cookie']?.split(';')[0] ?? ''
    expect((await get(host, '/', { headers: { Cookie: cookie } })).body).toBe(page)
    expect((await get(host, '/', { headers: { Cookie: `a=b; ${cookie}; c=d` } })).status).toBe(200)
  })

  it('is void after its first use', async () => {
    const token = host.newToken()
    expect((await get(host, `/?token=${token}`)).status).toBe(200)
    const replayed = await get(host, `/?token=${token}`)
    expect(replayed.status).toBe(403)
    expect(replayed.headers['set-cookie']).toBeUndefined()
  })

  it('lets only one of two in who come at the same time', async () => {
    const token = host.newToken()
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(host, `/?token=${token}`)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(7)
  })

  it('opens nothing when it is wrong', async () => {
    const token = host.newToken()
    const wrong = [
      '',
      'x',
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      `${token}%00`,
      '%ff',
      'A'.repeat(1500),
      `x&token=${token}`,
    ]
    for (const each of wrong) {
      const { status, headers } = await get(host, `/?token=${each}`)
      expect([each, status]).toEqual([each, 403])
      expect(headers['set-cookie']).toBeUndefined()
    }
    expect((await get(host, `/?token=${token}`)).status).toBe(200)
  })

  it('is not spent by a look ahead, another path or another method', async () => {
    const token = host.newToken()
    expect((await get(host, `/?token=${token}`, { method: 'HEAD' })).status).toBe(401)
    expect((await get(host, `/index.html?token=${token}`)).status).toBe(401)
    expect((await get(host, `/?token=${token}`, { method: 'POST' })).status).toBe(405)
    expect((await get(host, `/?token=${token}`)).status).toBe(200)
  })

  it('is not spent again by a browser that is in already and reloads', async () => {
    const cookie = await host.newCookie()
    const token = host.newToken()
    const reload = await get(host, `/?token=${token}`, { headers: { Cookie: cookie } })
    expect(reload.body).toBe(page)
    expect((await get(host, `/?token=${token}`)).status).toBe(200)
  })

  it('of one host opens no other', async () => {
    const other = await startTestHost()
    expect((await get(other, `/?token=${host.newToken()}`)).status).toBe(403)
    const cookie = await host.newCookie()
    const renamed = cookie.replace(String(host.port), String(other.port))
    expect((await get(other, '/', { headers: { Cookie: renamed } })).status).toBe(401)
    await other.close()
  })

  it('is 256 random bits, never the same twice, and unused ones do not pile up', () => {
    const gate = createAccessGate(1)
    const tokens = Array.from({ length: 100 }, () => gate.issueToken())
    expect(new Set(tokens).size).toBe(100)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(tokens.filter((token) => gate.redeemToken(token) !== undefined)).toEqual(tokens.slice(-8))
  })

  it('gives sessions that do not pile up', () => {
    const gate = createAccessGate(1)
    const sessions = Array.from({ length: 40 }, () => gate.redeemToken(gate.issueToken()) ?? '')
    const alive = sessions.filter((session) => gate.hasSession(`${gate.cookieName}=${session}`))
    expect(alive).toEqual(sessions.slice(-32))
    expect(gate.hasSession(undefined)).toBe(false)
    expect(gate.hasSession(`${';'.repeat(10_000)}${gate.cookieName}=${sessions.at(-1)}`)).toBe(false)
  })
})
