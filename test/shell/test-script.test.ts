import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'sockscope-provide-'))
afterAll(() => rmSync(folder, { recursive: true }))

function runNode(args: readonly string[], env: NodeJS.ProcessEnv): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** Programs of a machine, as shell scripts in a folder that is its whole PATH. */
function provideOn(machine: string, programs: Record<string, string>): ReturnType<typeof runNode> {
  const path = join(folder, machine)
  mkdirSync(path)
  symlinkSync('/usr/bin/env', join(path, 'env'))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(path, name), 0o755)
  }
  const code = "import('./scripts/run/chromium.mjs').then((m) => m.provideChromium()).then((path) => console.log(path))"
  return runNode(['-e', code], { PATH: path })
}

describe('npm test', () => {
  const outcome = runNode(['scripts/test.mjs', '--config', 'test/shell/fixtures/outcome/vitest.config.ts'], process.env)

  it('counts what passed, failed, could not be loaded and was skipped in its last line', () => {
    expect(outcome.stdout.trimEnd().split('\n').at(-1)).toBe('2 passed, 2 failed, 1 skipped')
  })
  it('names every failure and the reason of every skipped test', () => {
    expect(outcome.stdout).toContain('skipped: no such thing here  (sample: is skipped for a reason)\n')
    expect(outcome.stdout).toContain('failed:  sample: fails\n')
    expect(outcome.stdout).toMatch(/^failed: {2}sample: .*broken\.outcome\.ts$/m)
  })
  it('fails when anything failed', () => expect(outcome.status).toBe(1))
})

describe.skipIf(process.platform !== 'linux')('providing a Chromium', () => {
  const passOn = 'shift; exec "$@"' // what sudo -n does when it need not ask

  it('takes the one that is there', () => {
    const { stdout, stderr } = provideOn('with-chrome', { 'google-chrome': 'exit 0' })
    expect({ stdout, stderr }).toEqual({ stdout: `${join(folder, 'with-chrome/google-chrome')}\n`, stderr: '' })
  })
  it('installs one where that is permitted', () => {
    const chromium = join(folder, 'debian/chromium')
    const install = `case "$*" in *install*chromium*) /bin/cp ${join(folder, 'debian/apt-get')} ${chromium};; esac`
    const { stdout, stderr } = provideOn('debian', { 'apt-get': install, sudo: passOn, true: 'exit 0' })
    expect(stdout).toBe(`${chromium}\n`)
    expect(stderr).toContain('Installing chromium')
  })
  it('says what to do where it is not', () => {
    const { stdout, stderr } = provideOn('locked', {})
    expect(stdout).toBe('undefined\n')
    expect(stderr).toContain('sudo apt-get install chromium')
    expect(stderr).toContain('CHROMIUM_PATH')
  })
})
