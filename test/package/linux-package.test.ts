import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, build, Platform } from 'electron-builder'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtModules } from '../../scripts/package/built-modules.mjs'
import { makeStubElectron } from './stub-electron.ts'

const trayIcons = ['tray.ico', 'tray.png', 'tray@2x.png', 'trayTemplate.png', 'trayTemplate@2x.png'].map(
  (name) => `/resources/tray/${name}`,
)
const hasDpkg = runs('dpkg-deb')

/** Packs with a stub in Electron's place: no download. Needs the build in out/. */
describe.skipIf(process.platform !== 'linux')('the packaged app', () => {
  const work = mkdtempSync(join(tmpdir(), 'sockscope-package-'))
  const unpacked = join(work, 'dist/linux-unpacked')
  const asar = join(unpacked, 'resources/app.asar')

  beforeAll(async () => {
    makeStubElectron(join(work, 'electron'))
    process.env['CUSTOM_FPM_PATH'] = resolve('test/package/fpm-deb.mjs')
    await build({
      targets: Platform.LINUX.createTarget(hasDpkg ? 'deb' : 'dir', Arch.x64),
      publish: 'never',
      config: { extends: 'electron-builder.yml', electronDist: join(work, 'electron'), directories: { output: join(work, 'dist') } },
    })
  })
  afterAll(() => rmSync(work, { recursive: true }))

  it('holds the build, the icons of window and tray and koffi, and nothing else', () => {
    const files = listPackage(asar, { isPack: false })
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/main/engine.js',
        '/out/main/sockscope.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/out/data/countries.mmdb',
        '/out/data/countries-licence.txt',
        '/out/data/services.json',
        '/out/data/sources.json',
        '/resources/icons/256x256.png',
        ...trayIcons,
      ]),
    )
    expect(firstParts(files, 1)).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    expect(firstParts(files, 2, '/out/')).toEqual(['out/data', 'out/main', 'out/notices', 'out/preload', 'out/renderer'])
    expect(firstParts(files, 2, '/node_modules/')).toEqual(['node_modules/@koromix', 'node_modules/koffi'])
    expect(files.filter((file) => /^\/resources\/.*\./u.test(file)).toSorted()).toEqual(['/resources/icons/256x256.png', ...trayIcons])
    const packed = files.filter((file) => /^\/out\/main\/.*\.js$/.test(file)).map((file) => file.slice('/out/main/'.length))
    expect(packed.toSorted()).toEqual(builtModules('out/main', ['index.js', 'engine.js', 'sockscope.js']))
    expect(files.filter((file) => /\.(ts|vue|map|cc|hh|md)$|musl|\/src-|\/test\//.test(file))).toEqual([])
  })
  it('names whose code is in the bundles, with their licences', () => {
    const text = ['main', 'renderer'].map((name) => extractFile(asar, `out/notices/${name}.txt`).toString()).join('\n')
    for (const name of ['vue', 'pinia', 'reka-ui', 'ws', 'valibot']) expect(text).toMatch(new RegExp(`^(@vue/)?${name}\\S* \\d`, 'm'))
    expect(text).toContain('Permission is hereby granted')
    expect(text).not.toContain('holds no licence text')
  })
  it('keeps native code out of the archive', () => {
    expect(existsSync(`${asar}.unpacked/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node`)).toBe(true)
    expect(readdirSync(`${asar}.unpacked/node_modules`)).toEqual(['@koromix'])
    expect(readdirSync(`${asar}.unpacked/node_modules/@koromix`)).toEqual(['koffi-linux-x64'])
  })
  it('sets every fuse', async () => {
    const wire = (await getCurrentFuseWire(join(unpacked, 'sockscope'))) as unknown as Record<number, number>
    const on = Object.entries(FuseV1Options)
      .filter(([, index]) => typeof index === 'number' && wire[index] === '1'.charCodeAt(0))
      .map(([name]) => name)
    expect(on).toEqual(['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'])
  })
  it('starts from what was packed and sees connections', () => {
    const app = join(work, 'app')
    extractAll(asar, app)
    const { status, stdout, stderr } = spawnSync(process.execPath, ['test/standin/run-app.mjs', app, '--smoke'], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CONFIG_HOME: join(work, 'config') },
      timeout: 60_000,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Sockscope \S+: \d+ connections, window loaded\n$/)
  })

  it('is the command line too, without a display', () => {
    const app = join(work, 'command')
    extractAll(asar, app)
    const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env
    const run = (...args: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, ['test/standin/run-app.mjs', app, ...args], { encoding: 'utf8', env, timeout: 60_000 })
    const listed = run('--headless', '--no-sandbox', '--sockscope-command', 'list', 'state:listen', '--json')
    expect(listed).toMatchObject({ stderr: '' })
    expect(Array.isArray(JSON.parse(String(listed.stdout)))).toBe(true)
    expect(run('explain', 'close-wait')).toMatchObject({ status: 0, stdout: expect.stringContaining('CLOSE_WAIT') as string })
    expect(run('no-such-command')).toMatchObject({ status: 2, stdout: '' })
  })

  describe.runIf(hasDpkg)('as a Debian package', () => {
    const tree = join(work, 'tree')
    beforeAll(() => {
      const name = readdirSync(join(work, 'dist')).find((file) => file.endsWith('.deb'))
      execFileSync('dpkg-deb', ['-R', join(work, 'dist', name ?? 'no package'), tree])
    })
    it('shows itself in the menus of the desktop as our own desktop file says', () => {
      const installed = sortedLines(join(tree, 'usr/share/applications/sockscope.desktop'))
      const own = sortedLines('resources/linux/sockscope.desktop')
      expect(installed.map((line) => line.replace('Exec=/opt/Sockscope/sockscope %U', 'Exec=sockscope'))).toEqual(own)
    })
    it('brings an icon of every size', () => {
      const sizes = readdirSync(join(tree, 'usr/share/icons/hicolor'))
      expect(sizes.toSorted()).toEqual([16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => `${size}x${size}`).toSorted())
    })
    it('is named, versioned and filed as one expects', () => {
      const control = readFileSync(join(tree, 'DEBIAN/control'), 'utf8')
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
      for (const line of ['Package: sockscope', `Version: ${version}`, 'Architecture: amd64', 'Section: net'])
        expect(control.split('\n')).toContain(line)
    })
    it('depends on what Electron needs', () => {
      const depends = /^Depends: (.*)$/m.exec(readFileSync(join(tree, 'DEBIAN/control'), 'utf8'))?.[1]?.split(', ')
      expect(depends).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnss3', 'xdg-utils']))
    })
    it('puts the launcher, the manual page and the papers where they belong', () => {
      expect(filesBelow(join(tree, 'usr')).filter((file) => !file.startsWith('share/icons/'))).toEqual([
        'bin/sockscope',
        'share/applications/sockscope.desktop',
        'share/doc/sockscope/copyright',
        'share/man/man1/sockscope.1.gz',
        'share/metainfo/dev.sockscope.app.metainfo.xml',
        'share/polkit-1/actions/dev.sockscope.app.policy',
      ])
      expect(statSync(join(tree, 'usr/bin/sockscope')).mode & 0o777).toBe(0o755)
      const page = gunzipSync(readFileSync(join(tree, 'usr/share/man/man1/sockscope.1.gz'))).toString()
      for (const heading of ['.TH SOCKSCOPE 1', '.SH NAME', '.SH LIST', '.SH DOCTOR', '.SH SERVE']) expect(page).toContain(heading)
    })
    it('gives Electron its sandbox, and takes the AppArmor profile away again', () => {
      const scripts = ['postinst', 'postrm'].map((name) => join(tree, 'DEBIAN', name))
      for (const script of scripts) expect(spawnSync('sh', ['-n', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
      const [installed = '', removed = ''] = scripts.map((script) => readFileSync(script, 'utf8'))
      expect(installed).toContain("folder='/opt/Sockscope'")
      expect(installed).toMatch(/chmod 4755 .*chrome-sandbox/)
      expect(installed).not.toContain('update-alternatives') // dpkg owns the launcher; nothing may link over it
      expect(removed).toContain("profile='/etc/apparmor.d/sockscope'")
      const profile = readFileSync(join(tree, 'opt/Sockscope/resources/apparmor-profile'), 'utf8')
      expect(profile).toContain('profile "sockscope" "/opt/Sockscope/sockscope"')
    })
    it('installs and removes by scripts that really run', () => {
      const apparmor = mkdtempSync(join(work, 'apparmor-'))
      const profile = join(apparmor, 'sockscope')
      writeFileSync(profile, '')
      const run = (name: string, word: string): unknown => {
        const script = readFileSync(join(tree, 'DEBIAN', name), 'utf8')
        const moved = script.replaceAll('/opt/Sockscope', join(tree, 'opt/Sockscope')).replaceAll('/etc/apparmor.d', apparmor)
        const { status, stdout, stderr } = spawnSync('sh', ['-c', moved, name, word], { encoding: 'utf8' })
        return { status, stdout, stderr }
      }
      const quiet = { status: 0, stdout: '', stderr: '' }
      expect(run('postinst', 'configure')).toEqual(quiet)
      expect([0o755, 0o4755]).toContain(statSync(join(tree, 'opt/Sockscope/chrome-sandbox')).mode & 0o7777)
      expect([run('postrm', 'upgrade'), existsSync(profile)]).toEqual([quiet, true])
      expect([run('postrm', 'remove'), existsSync(profile)]).toEqual([quiet, false])
    })
    it.runIf(runs('appstreamcli'))('describes itself to software centres by their own rules', () => {
      const file = join(tree, 'usr/share/metainfo/dev.sockscope.app.metainfo.xml')
      const { status, stdout } = spawnSync('appstreamcli', ['validate', '--no-net', '--pedantic', file], { encoding: 'utf8' })
      expect({ status, stdout }).toMatchObject({ status: 0 })
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
      expect(readFileSync(file, 'utf8')).toContain(`<release version="${version}"`)
    })
    it('has a desktop file that the desktops accept', ({ skip }) => {
      if (!runs('desktop-file-validate')) return skip('desktop-file-validate is not installed (Debian: desktop-file-utils)')
      const file = join(tree, 'usr/share/applications/sockscope.desktop')
      return expect(spawnSync('desktop-file-validate', [file], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' })
    })
    it('asks for the administrator every time, and never for a window', () => {
      const policy = readFileSync(join(tree, 'usr/share/polkit-1/actions/dev.sockscope.app.policy'), 'utf8')
      expect([...policy.matchAll(/<allow_\w+>(.*)<\/allow_\w+>/g)].map(([, answer]) => answer)).toEqual(Array(3).fill('auth_admin'))
      expect(policy).toContain('<annotate key="org.freedesktop.policykit.exec.path">/usr/bin/sockscope</annotate>')
      expect(policy).not.toMatch(/<annotate key="org.freedesktop.policykit.exec.allow_gui/)
    })
  })
})

/** The distinct beginnings of these paths, so many parts long. */
function firstParts(files: readonly string[], parts: number, below = '/'): string[] {
  const beginnings = files
    .filter((file) => file.startsWith(below))
    .map((file) =>
      file
        .split('/')
        .slice(1, parts + 1)
        .join('/'),
    )
  return [...new Set(beginnings)].toSorted()
}

/** Files and links below a folder, as sorted relative paths. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
}

function runs(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

function sortedLines(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n').toSorted()
}
