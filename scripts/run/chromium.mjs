import { findExecutable } from './find-executable.mjs'
import { run, say } from './run-command.mjs'

const candidates = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
}

/** A Chromium for the browser tests, installed on Debian and Ubuntu where that is permitted. Undefined after saying what to do. */
export async function provideChromium() {
  const found = process.env.CHROMIUM_PATH ?? findChromium()
  if (found !== undefined) return found
  const privilege = findExecutable(['apt-get']) && (await privilegedPrefix())
  if (privilege) {
    say('Installing Chromium for the browser tests (apt-get install chromium).')
    await aptGet(privilege, ['update', '-qq'])
    await aptGet(privilege, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  say('The browser tests need Chromium or Chrome, and none was found.')
  say('Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH to its executable, then run this again.')
  return undefined
}

function findChromium() {
  return findExecutable(candidates[process.platform] ?? candidates.linux)
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
