// Called by electron-builder when one target lies ready to be made into installers.
import { join } from 'node:path'
import { checkNative } from './native-library.mjs'

/** electron-builder's numbers for processors. */
const processors = { 1: 'x64', 3: 'arm64' }

export default function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const processor = processors[arch]
  // A universal macOS app is put together from two that have been checked.
  if (processor === undefined) {
    if (electronPlatformName === 'darwin') return
    throw new Error(`Sockscope is packaged for x64 and arm64, not for electron-builder's processor ${arch}.`)
  }
  const unpacked = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked/node_modules/@koromix')
  checkNative(unpacked, electronPlatformName, processor)
}
