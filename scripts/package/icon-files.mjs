// Windows and macOS want one file with all sizes. Both formats take PNGs as they are, so they are containers and nothing is drawn.

const icoSizes = [16, 24, 32, 48, 64, 128, 256]
/** Windows shows tray icons with 16 pixels, and with 24, 32 and 48 on screens of higher density. */
export const trayIcoSizes = [16, 24, 32, 48]
/** Apple's four letters per size in pixels; the @2x entries have the size of what they hold. */
const icnsTypes = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]

/** `png(size)` answers the bytes of a square PNG of that size. */
export function icoFile(png, sizes = icoSizes) {
  const images = sizes.map((size) => ({ size, bytes: png(size) }))
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2) // an icon, not a cursor
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { size, bytes }] of images.entries()) {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry) // 0 stands for 256
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4) // planes
    head.writeUInt16LE(32, entry + 6) // bits per pixel
    head.writeUInt32LE(bytes.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += bytes.length
  }
  return Buffer.concat([head, ...images.map(({ bytes }) => bytes)])
}

export function icnsFile(png) {
  const blocks = icnsTypes.map(([type, size]) => block(type, png(size)))
  return block('icns', Buffer.concat(blocks))
}

function block(type, content) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}
