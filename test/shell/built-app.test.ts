import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The built main process as a process of its own, with the stand-in in Electron's place. */
describe.runIf(process.platform === 'linux')('the built app', () => {
  let configFolder: string
  beforeAll(() => (configFolder = mkdtempSync(join(tmpdir(), 'sockscope-built-'))))
  afterAll(() => rmSync(configFolder, { recursive: true }))

  async function start(folder: string, ...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
    const env = { ...process.env, XDG_CONFIG_HOME: configFolder }
    const child = spawn(process.execPath, ['test/standin/run-app.mjs', folder, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const exit = new Promise<number | null>((resolve) => {
      child.once('close', resolve)
    })
    const [code, out, errors] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
    return { code, out, errors }
  }

  it('proves with --smoke that it works, in one line', async () => {
    const { code, out, errors } = await start('.', '--smoke')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(out).toMatch(/^Sockscope \S+: \d+ connections, window loaded\n$/)
  })
  it('would be seen to hang if its main module waited for the app to be ready', async () => {
    const folder = mkdtempSync(join(configFolder, 'hanging-'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module","main":"index.js"}')
    writeFileSync(join(folder, 'index.js'), "import { app } from 'electron'\nawait app.whenReady()\n")
    expect(await start(folder)).toMatchObject({ code: 13, out: '' })
  })
})
