// koffi's native library comes as one npm package per system and processor, and npm installs that of the building machine only.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** Enough for the headers of all three formats; the PE header of a library lies within the first kilobytes. */
const headBytes = 4096
const machines = {
  linux: { x64: 62, arm64: 183 },
  win32: { x64: 0x86_64, arm64: 0xaa_64 },
  darwin: { x64: 0x1_00_00_07, arm64: 0x1_00_00_0c },
}

/**
 * Throws unless `folder` (the unpacked `@koromix`) holds the library of that target and of no other. Says how to get the missing one.
 */
export function checkNative(folder, platform, processor) {
  const name = `koffi-${platform}-${processor}`
  const library = join(folder, name, `${platform}_${processor}`, 'koffi.node')
  const found = existsSync(folder) ? readdirSync(folder) : []
  if (!existsSync(library)) {
    throw new Error(
      `The package for ${platform} on ${processor} would have no native library (found: ${found.join(', ') || 'none'}). ` +
        `Install it beside the others: npm install --no-save --force @koromix/${name}@${koffiVersion()}`,
    )
  }
  const others = found.filter((each) => each !== name)
  if (others.length > 0) throw new Error(`The package for ${platform} on ${processor} holds foreign libraries: ${others.join(', ')}.`)
  const machine = machineOf(head(library), platform)
  if (machine !== machines[platform][processor]) {
    throw new Error(`${library} is not for ${platform} on ${processor}: its header says machine ${machine ?? 'unknown'}.`)
  }
}

/** The processor as the header of an executable file of that platform names it; undefined when it is no such file. */
export function machineOf(bytes, platform) {
  if (bytes.length < 64) return undefined
  if (platform === 'linux') return bytes.readUInt32BE(0) === 0x7f_45_4c_46 ? bytes.readUInt16LE(18) : undefined
  if (platform === 'darwin') return bytes.readUInt32LE(0) === 0xfe_ed_fa_cf ? bytes.readUInt32LE(4) : undefined
  const header = bytes.toString('latin1', 0, 2) === 'MZ' ? bytes.readUInt32LE(60) : bytes.length
  if (header + 6 > bytes.length || bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined
  return bytes.readUInt16LE(header + 4)
}

function head(file) {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(headBytes)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, headBytes, 0))
  } finally {
    closeSync(descriptor)
  }
}

function koffiVersion() {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).dependencies.koffi
}
