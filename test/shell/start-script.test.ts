import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'sockscope-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly messages: string
}

/** Runs the start script and ends it with Ctrl+C's signal as soon as the web host has printed its address. */
function start(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    // Nothing on the PATH: no browser is opened.
    env: { PATH: folder, HOME: folder, XDG_CONFIG_HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let messages = ''
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
    if (/token=\S+\n/.test(out)) child.kill('SIGINT')
  })
  child.stderr.on('data', (chunk) => (messages += String(chunk)))
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, out, messages }))
  })
}

/** A program in the place of Electron's that says how it was called. */
function stubElectron(exitCode: number): Record<string, string> {
  const path = join(folder, 'electron')
  writeFileSync(path, `#!/bin/sh\necho "electron $@"\nexit ${exitCode}\n`)
  chmodSync(path, 0o755)
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':4711' }
}

const address = /^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/m
const noElectron = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'none'), ELECTRON_MIRROR: 'http://127.0.0.1:1/', DISPLAY: ':4711' }

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it('serves the interface where there is no display, says so, and ends with Ctrl+C', async () => {
    const { code, out, messages } = await start(['--port', '0'], {})
    expect(out).toMatch(address)
    expect(code).toBe(0)
    expect(messages).toContain('Only looking is allowed')
  })
  it('says in one line that there is no display', async () => {
    const { out, messages } = await start(['--minimized'], {})
    expect(messages.split('\n')[0]).toBe('There is no display here: serving the interface to a browser instead of opening a window.')
    expect(out).toMatch(address)
  })
  it('opens the window when Electron and a display are there, and passes arguments and exit code on', async () => {
    const { code, out } = await start(['--some', 'argument'], stubElectron(3))
    expect(out).toMatch(/^electron \S+ (--no-sandbox )?--some argument\n$/)
    expect(code).toBe(3)
  })
  it('serves the interface when Electron cannot be started', async () => {
    const { out, messages } = await start([], stubElectron(127))
    expect(messages).toContain('Electron could not be started')
    expect(out).toMatch(address)
  })
  it('serves the interface when Electron is neither here nor to be had', async () => {
    const { out, messages } = await start([], noElectron)
    expect(messages).toContain('Electron is not installed and 127.0.0.1:1 cannot be reached.')
    expect(out).toMatch(address)
  })
  it('serves the interface when that is asked for', async () => {
    const { out } = await start(['--web', '--port', '0'], stubElectron(0))
    expect(out).toMatch(address)
    expect(out).not.toContain('electron')
  })
  it('passes on what the web host says about wrong arguments', async () => {
    const { code, out, messages } = await start(['--port', 'http'], {})
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(messages).toContain("'http'")
  })
})
