import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, say } from './run-command.mjs'

/** Installs exactly what package-lock.json names, unless that is there already. Returns whether it worked. */
export async function installDependencies(root) {
  const lock = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules/.sockscope-lock')
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (installed(root, lock, stamp, hash)) return true
  say('Installing the dependencies (npm ci); the first time this takes about a minute.')
  const code = await npmCi(root)
  if (code !== 0) {
    say(`npm ci failed with exit code ${code}; without the dependencies nothing can run.`)
    return false
  }
  writeFileSync(stamp, hash)
  return true
}

/** npm writes its own copy of the lock when it has finished; the stamp tells a newer file from a newer content. */
function installed(root, lock, stamp, hash) {
  const finished = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(finished)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  return statSync(finished).mtimeMs >= statSync(lock).mtimeMs
}

function npmCi(root) {
  // Without --include, NODE_ENV=production would leave the build tools out. Old Nodes get a page of engine warnings: not for people.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const cli = process.env.npm_execpath
  if (cli !== undefined && cli.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], { cwd: root })
  return process.platform === 'win32' ? run(`npm ${args.join(' ')}`, [], { cwd: root, shell: true }) : run('npm', args, { cwd: root })
}
