import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserCommand, hasDisplay, openBrowser } from '../../../src-main/native/open-browser.ts'

const facts = {
  platform: 'linux',
  env: { DISPLAY: ':0', PATH: '/bin:/opt/bin' },
  folder: '/home/ana/.config/sockscope',
  homeFolder: '/home/ana',
  isRoot: false,
}
const installed =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path)
const snap = (path: string): string | undefined => /^\/snap\/bin\/(.*)/.exec(path)?.[1]

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
    expect(browserCommand({ ...facts, env: { PATH: '/bin' } }, installed('/bin/chromium'))).toBeUndefined()
    expect(browserCommand(facts, installed())).toBeUndefined()
  })

  it('prefers a Chromium with a window and profile of its own', () => {
    const command = browserCommand(facts, installed('/opt/bin/google-chrome', '/bin/xdg-open', '/bin/chromium'))
    expect(command).toMatchObject({ file: '/bin/chromium', livesAsWindow: true })
    expect(command?.args).toContain('--app=file:///home/ana/.config/sockscope/open.html')
    expect(command?.args).toContain('--user-data-dir=/home/ana/.config/sockscope/browser')
    expect(command?.args).not.toContain('--no-sandbox')
    expect(browserCommand({ ...facts, isRoot: true }, installed('/bin/chromium'))?.args).toContain('--no-sandbox')
  })

  it('else uses what the system opens pages with', () => {
    expect(browserCommand(facts, installed('/bin/xdg-open'))).toEqual({
      file: '/bin/xdg-open',
      args: ['file:///home/ana/.config/sockscope/open.html'],
      folder: '/home/ana/.config/sockscope',
      livesAsWindow: false,
    })
    expect(browserCommand({ ...facts, platform: 'darwin' })).toMatchObject({ file: 'open' })
    expect(browserCommand({ ...facts, platform: 'win32' })).toMatchObject({ file: 'explorer.exe' })
  })

  it('gives a snap its file and profile where snaps can read, which is no hidden folder of the home', () => {
    const env = { DISPLAY: ':0', PATH: '/bin:/snap/bin' }
    const chromium = browserCommand({ ...facts, env }, installed('/snap/bin/chromium'), snap)
    expect(chromium).toMatchObject({ file: '/snap/bin/chromium', folder: '/home/ana/snap/chromium/common/sockscope' })
    expect(chromium?.args).toContain('--app=file:///home/ana/snap/chromium/common/sockscope/open.html')
    expect(chromium?.args).toContain('--user-data-dir=/home/ana/snap/chromium/common/sockscope/browser')
    expect(browserCommand({ ...facts, env }, installed('/bin/xdg-open', '/snap/bin/firefox'), snap)).toMatchObject({
      file: '/bin/xdg-open',
      args: ['file:///home/ana/snap/firefox/common/sockscope/open.html'],
    })
  })

  it('opens nothing, so that the address is printed, when there is no room where the snap can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockscope-browser-'))
    writeFileSync(join(folder, 'chromium'), '#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    chmodSync(join(folder, 'chromium'), 0o755)
    writeFileSync(join(folder, 'snap'), 'no folder')
    const env = { DISPLAY: ':0', PATH: folder }
    expect(openBrowser({ ...facts, env, folder, homeFolder: folder }, 'http://127.0.0.1:1/?token=secret')).toBeUndefined()
    expect(existsSync(join(folder, 'open.html'))).toBe(false)
    rmSync(folder, { recursive: true })
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
