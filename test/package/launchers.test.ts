import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  const work = mkdtempSync(join(tmpdir(), 'sockscope-launcher-'))
  afterAll(() => rmSync(work, { recursive: true }))

  /** Runs the Linux launcher with a program in the app's place that prints its arguments, one per line. */
  function launch(uid: number, ...args: string[]): { status: number | null; out: string[]; errors: string } {
    const app = join(work, 'app')
    const bin = join(work, 'bin')
    mkdirSync(bin, { recursive: true })
    program(app, '#!/bin/sh\nfor each in "$@"; do echo "$each"; done\nexit 4\n')
    program(join(bin, 'id'), `#!/bin/sh\necho ${uid}\n`)
    const script = readFileSync('resources/linux/sockscope.sh', 'utf8').replace('app=/opt/Sockscope/sockscope', `app='${app}'`)
    expect(script).toContain(app)
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` }
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sockscope', ...args], { encoding: 'utf8', env })
    return { status, out: stdout.split('\n').slice(0, -1), errors: stderr }
  }
  const switches = ['--headless', '--no-sandbox', '--no-zygote', '--sockscope-command']

  it('gives a command to the program without a window, word by word, and passes its exit code on', () => {
    for (const uid of [0, 1000]) {
      const words = ['list', 'process:my app', '$(id)', '*', '--json']
      expect(launch(uid, ...words)).toEqual({ status: 4, out: [...switches, ...words], errors: '' })
    }
    for (const option of ['-h', '--help', '-V', '--version', '--lang=zh-CN'])
      expect(launch(1000, option).out).toEqual([...switches, option])
  })
  it('opens the window without one, with the sandbox on', () => {
    expect(launch(1000)).toEqual({ status: 4, out: [], errors: '' })
    expect(launch(1000, '--ozone-platform=wayland').out).toEqual(['--ozone-platform=wayland'])
  })
  it('tells root why there is no window, unless root says so', () => {
    const { status, out, errors } = launch(0)
    expect({ status, out }).toEqual({ status: 3, out: [] })
    expect(errors).toContain('sockscope serve')
    expect(launch(0, '--no-sandbox', '--smoke').out).toEqual(['--no-sandbox', '--smoke'])
  })
  it('of macOS finds its app through links', () => {
    const contents = join(work, 'Sockscope.app/Contents')
    mkdirSync(join(contents, 'Resources/bin'), { recursive: true })
    mkdirSync(join(contents, 'MacOS'))
    program(join(contents, 'MacOS/sockscope'), '#!/bin/sh\necho "$@"\n')
    program(join(contents, 'Resources/bin/sockscope'), readFileSync('resources/macos/sockscope.sh', 'utf8'))
    symlinkSync('Sockscope.app/Contents/Resources/bin/sockscope', join(work, 'link'))
    symlinkSync(join(work, 'link'), join(work, 'link-to-link'))
    const run = (...args: string[]): string => spawnSync(join(work, 'link-to-link'), args, { encoding: 'utf8' }).stdout
    expect(run('list', ':80')).toBe('--headless --no-sandbox --sockscope-command list :80\n')
    expect(run()).toBe('--headless --no-sandbox --sockscope-command --help\n')
  })
})

it('of Windows is a batch file with the line ends that cmd.exe needs', () => {
  const text = readFileSync('resources/windows/sockscope.cmd', 'latin1')
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(text).toContain('"%~dp0..\\..\\sockscope.exe" --headless --sockscope-command %*')
})

function program(path: string, text: string): void {
  writeFileSync(path, text)
  chmodSync(path, 0o755)
}
