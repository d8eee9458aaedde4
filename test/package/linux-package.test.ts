import { extractAll, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, build, Platform } from 'electron-builder'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStubElectron } from './stub-electron.ts'

const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0

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

  it('holds the build, the icon of the window and koffi, and nothing else', () => {
    const files = listPackage(asar, { isPack: false })
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/main/engine.js',
        '/out/main/sockscope.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/resources/icons/256x256.png',
      ]),
    )
    expect(firstParts(files, 1)).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    expect(firstParts(files, 2, '/out/')).toEqual(['out/main', 'out/preload', 'out/renderer'])
    expect(firstParts(files, 2, '/node_modules/')).toEqual(['node_modules/@koromix', 'node_modules/koffi'])
    expect(firstParts(files, 4, '/resources/')).toEqual(['resources/icons', 'resources/icons/256x256.png'])
    expect(files.filter((file) => /\.(ts|vue|map|cc|hh|md)$|musl|\/src-|\/test\//.test(file))).toEqual([])
  })
  it('keeps native code out of the archive', () => {
    expect(existsSync(`${asar}.unpacked/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node`)).toBe(true)
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
    it('puts the command on the PATH and gives Electron its sandbox', () => {
      const script = readFileSync(join(tree, 'DEBIAN/postinst'), 'utf8')
      expect(script).toContain('/usr/bin/sockscope')
      expect(script).toMatch(/chmod .*chrome-sandbox/)
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

function sortedLines(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n').toSorted()
}
