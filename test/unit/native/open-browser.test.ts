import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserCommand, hasDisplay, openBrowser } from '../../../src-main/native/open-browser.ts'

const facts = { platform: 'linux', env: { DISPLAY: ':0', PATH: '/bin:/opt/bin' }, folder: '/state/sockscope', isRoot: false }
const installed =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)

describe('opening a browser', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ])('on %s with %o finds a display: %s', (platform, env, expected) => {
    expect(hasDisplay({ platform, env })).toBe(expected)
  })

  it('is not tried without a display or without anything to open it with', () => {
    expect(browserCommand({ ...facts, env: { PATH: '/bin' } }, 'file:///p', installed('/bin/chromium'))).toBeUndefined()
    expect(browserCommand(facts, 'file:///p', installed())).toBeUndefined()
  })

  it('prefers a Chromium with a window and profile of its own', () => {
    const command = browserCommand(facts, 'file:///p', installed('/opt/bin/google-chrome', '/bin/xdg-open', '/bin/chromium'))
    expect(command).toMatchObject({ file: '/bin/chromium', livesAsWindow: true })
    expect(command?.args).toContain('--app=file:///p')
    expect(command?.args).toContain('--user-data-dir=/state/sockscope/browser')
    expect(command?.args).not.toContain('--no-sandbox')
    expect(browserCommand({ ...facts, isRoot: true }, 'file:///p', installed('/bin/chromium'))?.args).toContain('--no-sandbox')
  })

  it('else uses what the system opens pages with', () => {
    expect(browserCommand(facts, 'file:///p', installed('/bin/xdg-open'))).toEqual({
      file: '/bin/xdg-open',
      args: ['file:///p'],
      livesAsWindow: false,
    })
    expect(browserCommand({ ...facts, platform: 'darwin' }, 'file:///p')).toMatchObject({ file: 'open' })
    expect(browserCommand({ ...facts, platform: 'win32' }, 'file:///p')).toMatchObject({ file: 'explorer.exe' })
  })

  it('shows the token to no other user: neither on the command line nor in a file that they can read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockscope-browser-'))
    const browser = join(folder, 'chromium')
    writeFileSync(browser, `#!/bin/sh\necho "$@" > ${folder}/arguments.new && mv ${folder}/arguments.new ${folder}/arguments\n`)
    chmodSync(browser, 0o755)
    const address = 'http://127.0.0.1:1/?token=secret&x="><script>'
    const opened = openBrowser({ ...facts, env: { DISPLAY: ':0', PATH: `${folder}:/usr/bin:/bin` }, folder }, address)
    expect(opened).toBeDefined()
    await expect.poll(() => existsSync(join(folder, 'arguments'))).toBe(true)
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).not.toContain('secret')
    const page = readFileSync(join(folder, 'open.html'), 'utf8')
    expect(page).toContain('url=http://127.0.0.1:1/?token=secret&amp;x=&quot;')
    expect(page).not.toContain('"><script')
    expect(statSync(join(folder, 'open.html')).mode & 0o777).toBe(0o600)
    opened?.close()
    expect(existsSync(join(folder, 'open.html'))).toBe(false)
    rmSync(folder, { recursive: true })
  })
})
