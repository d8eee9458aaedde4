import { findExecutable } from './find-executable.mjs'
import { run, say } from './run-command.mjs'

/** Installs a package of Debian or Ubuntu where nobody has to be asked. False where that is not so, or when it did not come about. */
export async function installPackage(name, purpose) {
  const privilege = findExecutable(['apt-get']) && (await privilegedPrefix())
  if (!privilege) return false
  say(`Installing ${name} for ${purpose} (apt-get install ${name}).`)
  await aptGet(privilege, ['update', '-qq'])
  return (await aptGet(privilege, ['install', '-y', '-qq', '--no-install-recommends', name])) === 0
}

/** The words before a command that needs root: none for root itself, undefined where one would have to ask for a password. */
async function privilegedPrefix() {
  if (process.getuid?.() === 0) return []
  if (findExecutable(['sudo']) === undefined) return undefined
  return (await run('sudo', ['-n', 'true'], { stdio: 'ignore' })) === 0 ? ['sudo', '-n'] : undefined
}

function aptGet(prefix, args) {
  const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
  return run(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] })
}
