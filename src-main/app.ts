/**
 * Main of the desktop application. The same program is also the `sockscope` command, because a package brings no other Node and the
 * fuse that would turn Electron into one is off. Electron waits for this module before it looks for a display, so a command that is
 * awaited here needs none (docs/adr/0008-the-command-of-a-package.md).
 */
import { runCommandLine } from './command-line.ts'
import { engineSwitch } from './native/fork-engine.ts'
import { chooseStart } from './start-choice.ts'

const firstArgument = process.defaultApp ? 2 : 1 // `electron folder …` while developing
const start = chooseStart(process.argv.slice(firstArgument), engineSwitch)

if (start.kind === 'command') {
  const code = await runCommandLine(start.args)
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(code)
} else if (start.kind === 'engine') {
  await import('./engine-process/index.ts')
  await new Promise<never>(() => {}) // the engine ends the process itself; no window may follow
} else await import('./electron/index.ts')

/** Pipes are asynchronous on Windows and macOS, and ending the process would lose what is still on its way. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve()
    else stream.write('', () => resolve())
  })
}
