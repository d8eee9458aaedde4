import { listPackage } from '@electron/asar'
import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses'
import { Arch, build, Platform, type AfterPackContext } from 'electron-builder'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import afterPack from '../../scripts/package/after-pack.mjs'
import { makeStubElectron } from './stub-electron.ts'

/** As far as it goes without Windows: the folder that the installers are made of, without icon and version in the program itself. */
describe.skipIf(process.platform !== 'linux')('the app packed for Windows, on Linux', () => {
  const work = mkdtempSync(join(tmpdir(), 'sockscope-windows-'))
  const unpacked = join(work, 'dist/win-unpacked')
  let refusal: unknown

  beforeAll(async () => {
    makeStubElectron(join(work, 'electron'), 'electron.exe')
    await build({
      targets: Platform.WINDOWS.createTarget('dir', Arch.x64),
      publish: 'never',
      config: {
        extends: 'electron-builder.yml',
        electronDist: join(work, 'electron'),
        directories: { output: join(work, 'dist') },
        disableAsarIntegrity: true,
        win: { signAndEditExecutable: false },
        afterPack: (context: AfterPackContext) => {
          try {
            afterPack(context)
          } catch (error) {
            refusal = error
          }
        },
      },
    })
  })
  afterAll(() => rmSync(work, { recursive: true }))

  it('is refused as long as koffi for Windows is not installed beside that of this machine', () => {
    const installed = readdirSync('node_modules/@koromix').includes('koffi-win32-x64')
    const reason = installed ? 'foreign libraries: koffi-linux' : 'npm install --no-save --force @koromix/koffi-win32-x64@'
    expect(String(refusal)).toContain(reason)
  })
  it('holds the program, the same build and the command', () => {
    expect(readdirSync(unpacked)).toContain('sockscope.exe')
    const files = listPackage(join(unpacked, 'resources/app.asar'), { isPack: false })
    expect(files).toEqual(expect.arrayContaining(['/out/main/index.js', '/out/renderer/index.html', '/package.json']))
    expect(readFileSync(join(unpacked, 'resources/bin/sockscope.cmd'))).toEqual(readFileSync('resources/windows/sockscope.cmd'))
  })
  it('has the doors of Electron shut', async () => {
    const wire = (await getCurrentFuseWire(join(unpacked, 'sockscope.exe'))) as unknown as Record<number, number>
    expect(wire[FuseV1Options.RunAsNode]).toBe('0'.charCodeAt(0))
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe('1'.charCodeAt(0))
  })
})
