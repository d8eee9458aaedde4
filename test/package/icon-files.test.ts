import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { icnsFile, icoFile, trayIcoSizes } from '../../scripts/package/icon-files.mjs'

const png = (size: number): Buffer => readFileSync(`resources/icons/${size}x${size}.png`)

it('the icon files of Windows and macOS hold the very drawings that lie beside them', () => {
  expect(icoFile(png).equals(readFileSync('resources/icon.ico'))).toBe(true)
  expect(icnsFile(png).equals(readFileSync('resources/icon.icns'))).toBe(true)
  const small = (size: number): Buffer => (size === 48 ? readFileSync('resources/tray/tray@2x.png') : png(size))
  expect(icoFile(small, trayIcoSizes).equals(readFileSync('resources/tray/tray.ico'))).toBe(true)
})

it.each([
  ['tray.png', 24],
  ['tray@2x.png', 48],
  ['trayTemplate.png', 16],
  ['trayTemplate@2x.png', 32],
])('the tray icon %s is %i pixels wide and transparent around the drawing', (name, width) => {
  const file = readFileSync(`resources/tray/${name}`)
  const colourTypeWithAlpha = 6
  expect([file.readUInt32BE(16), file.readUInt32BE(20), file.readUInt8(25)]).toEqual([width, width, colourTypeWithAlpha])
})

it('the icon of Windows lists every size, the last as 256 by 256', () => {
  const file = readFileSync('resources/icon.ico')
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, index) => 6 + 16 * index)
  expect(entries.map((at) => file.readUInt8(at) || 256)).toEqual([16, 24, 32, 48, 64, 128, 256])
  for (const at of entries) {
    const image = file.subarray(file.readUInt32LE(at + 12)).subarray(0, file.readUInt32LE(at + 8))
    expect(image.toString('latin1', 1, 4)).toBe('PNG')
    expect(image.readUInt32BE(16)).toBe(file.readUInt8(at) || 256) // the width in the PNG's own header
  }
})

it('the icon of macOS is a chain of blocks that ends with the file', () => {
  const file = readFileSync('resources/icon.icns')
  expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length])
  const widths: number[] = []
  let at = 8
  for (; at < file.length; at += file.readUInt32BE(at + 4)) widths.push(file.readUInt32BE(at + 8 + 16))
  expect(at).toBe(file.length)
  expect(widths).toEqual([16, 32, 32, 64, 128, 256, 256, 512, 512, 1024])
})
