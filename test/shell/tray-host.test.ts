import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { hasTrayHost } from '../../src-main/native/linux/tray-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'sockscope-tray-host-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

/** A machine whose whole PATH are these tools, as shell scripts. */
function machineWith(name: string, tools: Readonly<Record<string, string>>): void {
  const path = mkdtempSync(join(folder, `${name}-`))
  for (const [tool, script] of Object.entries(tools)) {
    writeFileSync(join(path, tool), `#!/bin/sh\n${script}\n`)
    chmodSync(join(path, tool), 0o755)
  }
  vi.stubEnv('PATH', path)
}

describe.runIf(process.platform === 'linux')('whether the desktop shows tray icons', () => {
  // The words of systemd 252, GLib 2.74 and D-Bus 1.14.
  it.each([
    ['busctl', 'echo "b true"', true],
    ['busctl', 'echo "b false"', false],
    ['busctl', 'echo "Failed to get property: The name was not provided by any .service files" >&2; exit 1', false],
    ['gdbus', 'echo "(<true>,)"', true],
    ['gdbus', 'echo "(<false>,)"', false],
    ['dbus-send', 'echo "   variant       boolean true"', true],
    ['dbus-send', 'echo "   variant       boolean false"', false],
  ])('%s with the script %j says %s', async (tool, script, expected) => {
    machineWith(tool, { [tool]: script })
    expect(await hasTrayHost()).toBe(expected)
  })
  it('the first tool decides, and asks for the property of the watcher', async () => {
    const wanted =
      '--user --auto-start=no get-property org.kde.StatusNotifierWatcher /StatusNotifierWatcher org.kde.StatusNotifierWatcher IsStatusNotifierHostRegistered'
    machineWith('both', { busctl: `[ "$*" = "${wanted}" ] && echo "b true"`, gdbus: 'echo "(<false>,)"' })
    expect(await hasTrayHost()).toBe(true)
  })
  it('without any of the tools it is not known, which is no', async () => {
    machineWith('none', {})
    expect(await hasTrayHost()).toBe(false)
  })
  it('a real bus without a tray says no', ({ skip }) => {
    const module = new URL('../../src-main/native/linux/tray-host.ts', import.meta.url).href
    const code = `import(${JSON.stringify(module)}).then((m) => m.hasTrayHost()).then((answer) => console.log(answer))`
    const run = spawnSync('dbus-run-session', ['--', process.execPath, '-e', code], { encoding: 'utf8', timeout: 20_000 })
    if (run.error !== undefined) return skip('dbus-run-session is not installed (Debian: dbus-daemon)')
    return expect(run.stdout).toBe('false\n')
  })
  it('a bus that does not answer is not waited for', async () => {
    machineWith('hanging', { busctl: 'exec /bin/sleep 60' })
    const startedAt = performance.now()
    expect(await hasTrayHost()).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })
})
