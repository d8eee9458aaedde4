import { extractAll, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, build, Platform } from 'electron-builder'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStubElectron } from './stub-electron.ts'

/** Packs with a stub in Electron's place: no download. Needs the build in out/. */
describe.skipIf(process.platform !== 'linux')('the packaged app', () => {
  const work = mkdtempSync(join(tmpdir(), 'sockscope-package-'))
  const unpacked = join(work, 'dist/linux-unpacked')
  const asar = join(unpacked, 'resources/app.asar')

  beforeAll(async () => {
    makeStubElectron(join(work, 'electron'))
    await build({
      targets: Platform.LINUX.createTarget('dir', Arch.x64),
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
  it('describes itself to the desktop as its desktop file does', () => {
    const file = readFileSync('resources/linux/sockscope.desktop', 'utf8')
    const configured = readFileSync('electron-builder.yml', 'utf8')
    const entry = /^ {4}entry:\n((?: {6}.*\n)+)/m.exec(configured)?.[1] ?? ''
    const pairs = [...entry.matchAll(/^ {6}([^:]+): '?([^'\n]*)'?$/gm)].map(([, key, value]) => `${key}=${value}`)
    expect(pairs.length).toBeGreaterThan(4)
    expect(file.split('\n')).toEqual(expect.arrayContaining(pairs))
    expect(file).toContain(`Categories=${/^ {2}category: (.*)$/m.exec(configured)?.[1]};\n`)
    expect(file).toContain('Icon=sockscope\n')
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
