// node scripts/fetch-native.mjs: installs koffi's native library for the other processor of this system beside the own one, so that
// both can be packaged here. Nothing is saved; the version is the one that package.json pins for koffi itself.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runTool } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { koffi } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies
const packages = ['x64', 'arm64'].map((processor) => `@koromix/koffi-${process.platform}-${processor}@${koffi}`)
process.exitCode = await runTool(
  root,
  process.env,
  `npm install --no-save --force --ignore-scripts --no-audit --no-fund ${packages.join(' ')}`,
)
