/** Attack: paths that lead out of the served folder, by dots, encodings, absolute targets, links or files that are there by accident. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStaticFiles } from '../../src-main/server/static-files.ts'
import { get, startTestHost, type TestHost } from './start-test-host.ts'

describe('a path that leads elsewhere', () => {
  let host: TestHost
  let cookie: string
  beforeAll(async () => {
    host = await startTestHost()
    cookie = await host.newCookie()
  })
  afterAll(() => host.close())

  it.each([
    ['/../../../../etc/passwd', 404],
    ['/..', 404],
    ['/assets/../index.html', 404],
    ['/assets/..%2findex.html', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/%252e%252e/etc/passwd', 404],
    ['/..%5c..%5cetc', 404],
    ['/assets/%00', 404],
    ['/index.html%00.js', 404],
    ['/%c0%ae%c0%ae/etc/passwd', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['//etc/passwd', 404],
    ['/etc/passwd', 404],
    ['/.env', 404],
    ['/assets/', 404],
    ['/assets', 404],
    ['/INDEX.HTML', 404],
    ['/constructor', 404],
    ['/__proto__', 404],
    ['etc/passwd', 400],
    ['http://evil.example/index.html', 400],
    ['file:///etc/passwd', 400],
    ['*', 400],
    [`/${'a'.repeat(2048)}`, 414],
  ])('%s gets a plain %i', async (target, status) => {
    const answer = await get(host, target, { headers: { Cookie: cookie } })
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type'] ?? 'text/plain').toContain('text/plain')
    expect(answer.text).not.toContain('root:')
  })

  it('finds the files that are there, with their types', async () => {
    const headers = { Cookie: cookie }
    expect((await get(host, '/index.html?x=1', { headers })).headers['content-type']).toBe('text/html; charset=utf-8')
    const script = await get(host, '/assets/index-1a2b.js', { headers })
    expect([script.status, script.headers['content-type'], script.body]).toEqual([200, 'text/javascript; charset=utf-8', 'export {}'])
    const head = await get(host, '/assets/index-1a2b.js', { headers, method: 'HEAD' })
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '9', ''])
  })
})

describe('the table of served files', () => {
  it('leaves out dot files, links, unknown types and what lies outside', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockscope-files-'))
    const served = join(folder, 'renderer')
    mkdirSync(join(served, 'assets', '.hidden'), { recursive: true })
    for (const name of [
      'index.html',
      'assets/a.js',
      'assets/a.js.map',
      'assets/font.woff2',
      'assets/key.pem',
      '.env',
      '.x.js',
      'assets/.hidden/b.js',
    ]) {
      writeFileSync(join(served, name), name)
    }
    writeFileSync(join(folder, 'outside.js'), 'secret')
    symlinkSync(join(folder, 'outside.js'), join(served, 'linked.js'))
    symlinkSync(folder, join(served, 'up'))
    const files = readStaticFiles(served)
    rmSync(folder, { recursive: true })
    expect([...files.keys()].toSorted()).toEqual(['/', '/assets/a.js', '/assets/font.woff2', '/index.html'])
    expect(files.get('/')?.bytes.toString()).toBe('index.html')
  })
})
