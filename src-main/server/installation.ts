import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Installation {
  readonly engineModule: string
  readonly rendererFolder: string
}

/** Built code lies in `out/main` or a folder of it, sources lie beside `out`; none is deeper than this. */
const maximumLevels = 4

/** The built parts, found from the folder of the running code upwards. Undefined when nothing was built. */
export function findInstallation(startFolder: string, exists: (path: string) => boolean = existsSync): Installation | undefined {
  let folder = startFolder
  for (let level = 0; level < maximumLevels; level += 1) {
    for (const out of [dirname(folder), join(folder, 'out')]) {
      const engineModule = join(out, 'main', 'engine.js')
      const rendererFolder = join(out, 'renderer')
      if (exists(engineModule) && exists(join(rendererFolder, 'index.html'))) return { engineModule, rendererFolder }
    }
    folder = dirname(folder)
  }
  return undefined
}
