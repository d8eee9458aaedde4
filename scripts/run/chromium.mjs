import { installPackage } from './apt.mjs'
import { findExecutable } from './find-executable.mjs'
import { say } from './run-command.mjs'

const candidates = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
}

/** A Chromium for the browser tests, installed on Debian and Ubuntu where that is permitted. Undefined after saying what to do. */
export async function provideChromium() {
  const found = process.env.CHROMIUM_PATH ?? findChromium()
  if (found !== undefined) return found
  const installed = (await installPackage('chromium', 'the browser tests')) ? findChromium() : undefined
  if (installed !== undefined) return installed
  say('The browser tests need Chromium or Chrome, and none was found.')
  say('Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH to its executable, then run this again.')
  return undefined
}

function findChromium() {
  return findExecutable(candidates[process.platform] ?? candidates.linux)
}
