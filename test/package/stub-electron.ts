import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The fuse wire as Electron's binary carries it: sentinel, version 1, eight fuses, here each the wrong way round or as it comes. */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000810110001'

/** A folder that electron-builder takes for an unpacked Electron: everything but the runtime itself is then the real thing. */
export function makeStubElectron(folder: string, program = 'electron'): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version']) writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, program), `#!/bin/sh\n#${fuseWire}\n`)
  chmodSync(join(folder, program), 0o755)
}
