// npm start: brings the checkout to where it can run, then the desktop app, or the web host where there is no desktop for it.
// npm start -- --web            the web host although there is a desktop
// npm start -- --port 8080      arguments go on; those of the web host (see `sockscope serve --help`) choose it
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronBinary, hasDisplay, installElectron, sandboxObstacle } from './run/electron-binary.mjs'
import { findExecutable } from './run/find-executable.mjs'
import { prepare } from './run/prepare.mjs'
import { run, say } from './run/run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const webOnly = new Set(['--web', '--host', '--port', '--allow-actions', '--open', '--no-open', '--help', '-h'])
/** Says something about a window, which the web host has none of. */
const ofWindow = new Set(['--web', '--minimized'])
const notStarted = 127

const ready = await prepare(root)
process.exitCode = ready === undefined ? 1 : await start(ready)

async function start({ node, env }) {
  const electron = await chooseElectron(node, env)
  if (electron !== undefined) {
    const code = await startElectron(electron, env)
    if (code !== notStarted) return code
    say('Electron could not be started; are its system libraries installed? Showing the same interface in a browser instead.')
  }
  return serve(node, env)
}

/** Undefined after saying why the web host it is. */
async function chooseElectron(node, env) {
  if (args.some((arg) => webOnly.has(arg.split('=')[0]))) return undefined
  if (!hasDisplay()) {
    say('There is no display here: serving the interface to a browser instead of opening a window.')
    return undefined
  }
  if (electronBinary(root) === undefined && !(await installElectron(root, node, env))) {
    say('Serving the same interface to a browser instead of opening a window.')
    return undefined
  }
  const binary = electronBinary(root)
  const obstacle = process.getuid?.() === 0 ? undefined : sandboxObstacle(binary)
  if (obstacle === undefined) return binary
  say(`Electron would run without its sandbox, because ${obstacle} (an installed package may do it): using a browser instead.`)
  return undefined
}

function startElectron(binary, env) {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot) say("Running as root, so Chromium's own sandbox is off; the window still shows nothing but Sockscope's own pages.")
  return run(binary, [root, ...(asRoot ? ['--no-sandbox'] : []), ...args], { env })
}

function serve(node, env) {
  const passed = args.filter((arg) => !ofWindow.has(arg))
  const decided = passed.includes('--open') || passed.includes('--no-open')
  const open = canOpenBrowser() && !decided ? ['--open'] : []
  return run(node, [join(root, 'out/main/sockscope.js'), 'serve', ...open, ...passed], { env })
}

/** On a bare server there is nothing to open, and the printed address is what one needs. */
function canOpenBrowser() {
  return (
    hasDisplay() && (process.platform !== 'linux' || findExecutable(['xdg-open', 'chromium', 'google-chrome', 'firefox']) !== undefined)
  )
}
