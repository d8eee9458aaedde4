import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run, say } from './run-command.mjs'

const reachLimitMs = 3_000
/** About 110 MB; a line that needs longer than this is no help today. */
const installLimitMs = 300_000
const downloads = 'https://github.com/electron/electron/releases/'

/**
 * Electron's executable if it is on disk. Asks no code of the `electron` package: requiring it starts a download since version 42.
 */
export function electronBinary(root, { platform = process.platform, env = process.env } = {}) {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const usual = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[platform] ?? 'electron'
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : usual
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
  return existsSync(path) ? path : undefined
}

export function hasDisplay({ platform = process.platform, env = process.env } = {}) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Fetches the executable when its source answers. Returns whether it is there now. */
export async function installElectron(root, node, env) {
  const source = env.ELECTRON_MIRROR ?? downloads
  if (!(await reachable(source))) {
    say(`Electron is not installed and ${new URL(source).host} cannot be reached.`)
    return false
  }
  say('Fetching Electron once (about 110 MB).')
  await run(node, [join(root, 'node_modules/electron/install.js')], { cwd: root, env, timeoutMs: installLimitMs })
  return electronBinary(root) !== undefined
}

function reachable(url) {
  return fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachLimitMs) }).then(
    () => true,
    () => false,
  )
}

/**
 * Why Chromium's sandbox cannot work here, or undefined. Newer systems let only programs with an AppArmor profile make one, and
 * a folder of node_modules has none; the installed package does.
 */
export function sandboxObstacle(binary) {
  if (process.platform !== 'linux') return undefined
  const helper = join(binary, '../chrome-sandbox')
  const setuid = existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0
  if (setuid) return undefined
  if (flag('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') return 'AppArmor restricts user namespaces'
  return flag('/proc/sys/kernel/unprivileged_userns_clone') === '0' ? 'user namespaces are switched off' : undefined
}

function flag(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}
