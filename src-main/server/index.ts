/** `sockscope serve`: the interface for browsers on a machine without a display, or without Electron. */
import { dirname } from 'node:path'
import type { Api } from '../../src-shared/contract/api.ts'
import { createHostApi } from '../api/host-api.ts'
import { version } from '../api/version.ts'
import { forkEngine } from '../native/fork-engine.ts'
import { openBrowser } from '../native/open-browser.ts'
import { homeFolder } from '../settings/home-folder.ts'
import { settingsFile } from '../settings/settings-location.ts'
import { createSettingsStore } from '../settings/settings-store.ts'
import { createEngineSupervisor, type EngineSupervisor } from '../supervisor/engine-supervisor.ts'
import { startTimer } from '../supervisor/start-timer.ts'
import { isLoopbackAddress } from './host-names.ts'
import { findInstallation, type Installation } from './installation.ts'
import { parseServeArguments, serveUsage, usualPort, type ServeArguments } from './serve-arguments.ts'
import { allowedUsers, createPeerCheck, kernelTellsNothing, type PeerCheck } from './peer-check.ts'
import { readStaticFiles } from './static-files.ts'
import { startWebHost, type WebHost, type WebHostOptions } from './web-host.ts'

const exitCodes = { done: 0, failed: 1, usage: 2, notPermitted: 3 } as const
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Serves until a signal ends it. Addresses go to standard output, everything else to standard error. Returns the exit code. */
export async function runServe(args: readonly string[], findParts = findBuiltParts): Promise<number> {
  const parsed = parseServeArguments(args)
  if (!parsed.ok) {
    say(`sockscope serve: ${parsed.message}\nRun 'sockscope serve --help' for what it takes.`)
    return exitCodes.usage
  }
  if (parsed.value.help) {
    process.stdout.write(serveUsage)
    return exitCodes.done
  }
  const installation = findParts()
  if (installation === undefined) {
    say("sockscope serve: the built interface was not found. Run 'npm run build' first.")
    return exitCodes.failed
  }
  return serve(parsed.value, installation)
}

function findBuiltParts(): Installation | undefined {
  return findInstallation(import.meta.dirname)
}

async function serve(args: ServeArguments, { engineModule, rendererFolder }: Installation): Promise<number> {
  const { platform, env } = process
  const settings = settingsFile({ platform, env, homeFolder: homeFolder() })
  const supervisor = createEngineSupervisor({
    spawn: () => forkEngine(engineModule),
    startTimer,
    now: () => performance.now(),
    onTrouble: say,
  })
  const api = hostApi(supervisor, settings, args.actionsAllowed)
  const onDefect = (error: unknown): void => say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  try {
    const files = readStaticFiles(rendererFolder)
    const admits = args.anyLocalUser ? undefined : await ownUsersOnly()
    const host = await startOnPort({ api, files, ...args, admits, startTimer, onDefect }, args.port)
    const signalled = endingSignal() // before the address is out: whoever reads it may signal at once
    announce(host, args)
    const browser = args.open ? openBrowser(browserFacts(dirname(settings)), host.createEntryAddress()) : undefined
    if (args.open && browser === undefined) say('No browser can be opened from here.')
    await Promise.race([signalled, lastWindowClosed(host, browser?.closed)])
    browser?.close()
    await host.close()
    return exitCodes.done
  } catch (error) {
    return explainStart(error as NodeJS.ErrnoException, args)
  } finally {
    await supervisor.stop()
  }
}

function hostApi(engine: EngineSupervisor, file: string, actionsAllowed: boolean): Api {
  const host = { host: 'web' as const, version, ownPids: () => [process.pid], runtime: { node: process.versions.node } }
  return createHostApi({ engine, settings: createSettingsStore({ file }), host, actionsAllowed, onTrouble: say })
}

/** Undefined, and said so, where nothing tells whose a connection is. */
async function ownUsersOnly(): Promise<PeerCheck | undefined> {
  const userId = process.geteuid?.()
  if (process.platform === 'linux' && userId !== undefined) {
    try {
      // Loaded only here: without the native parts the host still serves, and its page tells what is wrong with them.
      const { PeerUserQuery } = await import('../sources/linux/peer-user.ts')
      const query = new PeerUserQuery()
      return createPeerCheck({
        findUser: (connection) => query.find(connection),
        allowedUsers: allowedUsers(userId, process.env['SUDO_UID']),
        say,
      })
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
    }
  }
  say(kernelTellsNothing)
  return undefined
}

async function startOnPort(options: Omit<WebHostOptions, 'port'>, port: number | undefined): Promise<WebHost> {
  if (port !== undefined) return startWebHost({ ...options, port })
  try {
    return await startWebHost({ ...options, port: usualPort })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    say(`Port ${usualPort} is taken; another free one is used.`)
    return startWebHost({ ...options, port: 0 })
  }
}

function announce(host: WebHost, { address, actionsAllowed }: ServeArguments): void {
  // Whoever read the address may close the pipe; the host goes on.
  process.stdout.on('error', () => {})
  const print = (): void => void process.stdout.write(`${host.createEntryAddress()}\n`)
  if (!isLoopbackAddress(address)) {
    say(`Warning: ${address} can be reached from other machines, and nothing is encrypted: whoever listens on the network sees all of it.`)
    say(`Safer: serve on 127.0.0.1 and reach it by 'ssh -L ${host.port}:127.0.0.1:${host.port}'.`)
  }
  say(actionsAllowed ? 'Ending processes and closing connections is allowed.' : 'Only looking is allowed (see --allow-actions).')
  if (process.platform === 'win32') {
    say('Open this address; it works once. Press Enter for another. Ctrl+C ends.')
    if (process.stdin.isTTY) process.stdin.on('data', print).unref()
  } else {
    say(`Open this address; it works once. 'kill -USR2 ${process.pid}' prints another. Ctrl+C ends.`)
    // Not SIGUSR1, which opens Node's debugger, and no reading from the terminal, which would stop a job in the background.
    process.on('SIGUSR2', print)
  }
  print()
}

function browserFacts(folder: string): Parameters<typeof openBrowser>[0] {
  const { platform, env } = process
  return { platform, env, folder, homeFolder: homeFolder(), isRoot: process.geteuid?.() === 0 }
}

function endingSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of endingSignals) process.once(signal, () => resolve())
  })
}

/** Closing the window that was opened for it ends the host too, unless others are connected. */
function lastWindowClosed(host: WebHost, windowClosed: Promise<void> | undefined): Promise<void> {
  return new Promise((resolve) => {
    void windowClosed?.then(() => (host.clientCount() === 0 ? resolve() : undefined))
  })
}

function explainStart(error: NodeJS.ErrnoException, { address, port }: ServeArguments): number {
  const place = `${address} port ${port ?? usualPort}`
  if (error.code === 'EADDRINUSE') {
    say(
      `sockscope serve: ${place} is taken. Choose another with --port, or --port 0 for any free one; 'sockscope list :${port ?? usualPort}' shows who has it.`,
    )
    return exitCodes.failed
  }
  if (error.code === 'EACCES') {
    say(`sockscope serve: ${place} is not permitted. Choose a port above 1023.`)
    return exitCodes.notPermitted
  }
  if (error.code === 'EADDRNOTAVAIL') {
    say(`sockscope serve: ${address} is not an address of this machine.`)
    return exitCodes.failed
  }
  throw error
}
