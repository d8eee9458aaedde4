import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkNative, machineOf } from '../../scripts/package/native-library.mjs'

const targets = [
  ['linux', 'x64', elf(62)],
  ['linux', 'arm64', elf(183)],
  ['win32', 'x64', pe(0x8664)],
  ['win32', 'arm64', pe(0xaa64)],
  ['darwin', 'x64', machO(0x01000007)],
  ['darwin', 'arm64', machO(0x0100000c)],
] as const

describe('the check of the native library in a package', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sockscope-native-'))))
  afterEach(() => rmSync(folder, { recursive: true }))
  const put = (platform: string, processor: string, bytes: Buffer): void => {
    const place = join(folder, `koffi-${platform}-${processor}`, `${platform}_${processor}`)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'koffi.node'), bytes)
  }

  it.each(targets)('accepts that of %s on %s', (platform, processor, bytes) => {
    put(platform, processor, bytes)
    checkNative(folder, platform, processor)
  })
  it('says how to get a missing one, and what lies there instead', () => {
    put('linux', 'x64', elf(62))
    expect(() => checkNative(folder, 'linux', 'arm64')).toThrow(
      /found: koffi-linux-x64.*npm install --no-save --force @koromix\/koffi-linux-arm64@\d+\.\d+\.\d+$/,
    )
    expect(() => checkNative(join(folder, 'none'), 'win32', 'x64')).toThrow(/found: none/)
  })
  it('refuses one of another processor under the right name', () => {
    put('linux', 'arm64', elf(62))
    expect(() => checkNative(folder, 'linux', 'arm64')).toThrow(/header says machine 62/)
    put('win32', 'x64', Buffer.from('not a library'))
    rmSync(join(folder, 'koffi-linux-arm64'), { recursive: true })
    expect(() => checkNative(folder, 'win32', 'x64')).toThrow(/machine unknown/)
  })
  it('refuses a second one, which would be dead weight', () => {
    put('darwin', 'x64', machO(0x01000007))
    put('darwin', 'arm64', machO(0x0100000c))
    expect(() => checkNative(folder, 'darwin', 'arm64')).toThrow(/foreign libraries: koffi-darwin-x64/)
  })
  it('knows the very library of this machine', () => {
    expect(readdirSync('node_modules/@koromix')).toContain(`koffi-${process.platform}-${process.arch}`)
  })
  it('survives headers cut off anywhere', () => {
    for (const [platform, , bytes] of targets)
      for (let length = 0; length < bytes.length; length += 1) machineOf(bytes.subarray(0, length), platform)
  })
})

function elf(machine: number): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.write('\u007fELF', 'latin1')
  bytes.writeUInt16LE(machine, 18)
  return bytes
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(256)
  bytes.write('MZ', 'latin1')
  bytes.writeUInt32LE(128, 60)
  bytes.write('PE\0\0', 128, 'latin1')
  bytes.writeUInt16LE(machine, 132)
  return bytes
}

function machO(machine: number): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.writeUInt32LE(0xfeedfacf, 0)
  bytes.writeUInt32LE(machine, 4)
  return bytes
}
