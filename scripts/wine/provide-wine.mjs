// Everything that running Windows programs on this Linux machine takes, in a cache folder and without changing the machine.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from '../run/find-executable.mjs'
import { provideTree } from './debian-tree.mjs'
import { runQuietly } from './run-quietly.mjs'
import { Unavailable } from './unavailable.mjs'
import { unfinishedPrefix } from './unfinished.mjs'
import { provideKoffi, provideNodeExe } from './windows-packages.mjs'

const tools = ['apt-get', 'dpkg-deb', 'tar', 'unshare', 'mount', 'chroot', 'ip', 'ss', 'npm']
const systemFolders = ['/usr/sbin', '/sbin']
const probeLimitMs = 5_000
/** Left by a run that was killed; a running one is younger. */
const staleAfterMs = 60 * 60_000

/**
 * Resolves what is needed to start a Windows Node here: about 15 s the first time (150 MB down, 840 MB on disk), at once later.
 * `skipped` is the reason where it cannot be had.
 */
export function provideWine(root) {
  try {
    const unshare = namespaceFlags()
    const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sockscope/wine')
    mkdirSync(cache, { recursive: true })
    removeStale(cache)
    return { wine: { cache, unshare, tree: provideTree(cache), nodeExe: provideNodeExe(cache), koffi: provideKoffi(cache, root) } }
  } catch (error) {
    if (error instanceof Unavailable) return { skipped: error.message }
    throw error
  }
}

/** Everything that was started ends with the first process of such a namespace; not every container allows one. */
const ownProcesses = ['--pid', '--fork', '--kill-child']

/** How this user gets mounts and a network of its own. */
function namespaceFlags() {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Unavailable('Wine is run on Linux on x64 only')
  const missing = tools.filter((tool) => findExecutable([tool, ...systemFolders.map((folder) => join(folder, tool))]) === undefined)
  if (missing.length > 0) throw new Unavailable(`Wine cannot be run without ${missing.join(', ')}`)
  const users = process.getuid() === 0 ? [[], ['--map-root-user']] : [['--map-root-user']]
  const working = [ownProcesses, []]
    .flatMap((processes) => users.map((user) => flagsOf(user, processes)))
    .find((flags) => runQuietly('unshare', [...flags, 'sh', '-c', probe(flags)], { timeoutMs: probeLimitMs }).ok)
  if (working === undefined) throw new Unavailable('Wine needs a namespace of its own, and this system does not allow one')
  return working
}

function flagsOf(user, processes) {
  return [...user, '--mount', '--net', ...processes]
}

/** What the machine does first. */
function probe(flags) {
  const processes = flags.includes('--pid') ? 'mount -t proc proc /proc && ' : ''
  return `PATH=$PATH:/usr/sbin:/sbin; ip link set lo up && ${processes}mount -t tmpfs none /tmp`
}

function removeStale(cache) {
  for (const name of readdirSync(cache).filter((one) => one.startsWith('run-') || one.startsWith(unfinishedPrefix))) {
    const path = join(cache, name)
    if (Date.now() - statSync(path).mtimeMs > staleAfterMs) rmSync(path, { recursive: true, force: true })
  }
}
