import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Built code lies in `out/main` or a folder of it, sources lie beside `out`; none is deeper than this. */
const maximumLevels = 4

/** The folder `data` of the build (scripts/package/enrichment-data.mjs), found from the running code upwards. */
export function findDataFolder(startFolder: string, exists: (path: string) => boolean = existsSync): string | undefined {
  let folder = startFolder
  for (let level = 0; level < maximumLevels; level += 1) {
    for (const out of [dirname(folder), join(folder, 'out')]) if (exists(join(out, 'data', 'sources.json'))) return join(out, 'data')
    folder = dirname(folder)
  }
  return undefined
}
