// node scripts/pack-npm.mjs [folder]: makes the folder of the npm package (dist/npm) out of what was built. `npm pack` or
// `npm publish` there does the rest. A folder of its own, because the package of the checkout also names what only builds it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtModules } from './package/built-modules.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = resolve(process.argv[2] ?? join(root, 'dist/npm'))
const kept = [
  'name',
  'version',
  'description',
  'keywords',
  'homepage',
  'repository',
  'bugs',
  'license',
  'author',
  'bin',
  'type',
  'dependencies',
]

const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const slim = Object.fromEntries(kept.filter((key) => key in whole).map((key) => [key, whole[key]]))

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const modules = builtModules(join(root, 'out/main'), ['sockscope.js', 'engine.js']).map((file) => join('out/main', file))
for (const path of [...modules, 'out/renderer', 'out/notices', 'out/data', 'README.md', 'CHANGELOG.md', 'LICENSE', 'docs/cli.md']) {
  mkdirSync(dirname(join(target, path)), { recursive: true })
  cpSync(join(root, path), join(target, path), { recursive: true })
}
const files = ['out', 'CHANGELOG.md', 'docs']
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ ...slim, files, engines: whole.engines }, undefined, 2)}\n`)
process.stdout.write(`${target}\n`)
