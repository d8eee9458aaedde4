/**
 * Runs tcpdump and hands on what it writes: the capture to `onBytes`, its words to `onWords`. No shell, nothing of it blocks, and it
 * ends with its time, with this process, or when told. Which packets it takes is the caller's business; so is what the bytes mean.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'

export interface CaptureOptions {
  /** Path of tcpdump. */
  readonly tool: string
  readonly interface: string
  /** In the language of pcap-filter(7), as one argument. */
  readonly filter: string
  /** Bytes taken of each packet, counted from the link layer's header. */
  readonly snapshotBytes: number
  readonly packets: number
  readonly seconds: number
  /** More than this is not read; the capture then ends. */
  readonly outputBytes: number
  /** The user whose rights it keeps when root started it; tcpdump's own choice without. */
  readonly keepUser?: string
  readonly onBytes: (bytes: Uint8Array) => void
  readonly onWords: (words: string) => void
  /** Called once, after the last byte and word. `systemError` when it could not be started. */
  readonly onEnd: (end: { readonly systemError?: string }) => void
}

export interface RunningCapture {
  readonly pid: number | undefined
  /** Lets it write its last words and end; `onEnd` tells when. */
  stop(): void
}

/** Root's folders first, so that a folder of somebody else on the PATH cannot stand in for them. */
const usualFolders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
/** It answers a request to end at once; after this it hangs. */
const patienceMs = 3000
/** Beyond the capture's own limit, so that it ends by itself first. */
const guardSeconds = 5
/** What it says is a few lines. */
const longestWords = 8192
const probeLimitMs = 3000

const running = new Set<ChildProcess>()

/** Absolute path of a tool, or undefined. */
export function findTool(
  name: string,
  path = process.env['PATH'] ?? '',
  isExecutable: (file: string) => boolean = canExecute,
): string | undefined {
  const folders = [...usualFolders, ...path.split(delimiter).filter((folder) => isAbsolute(folder))]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

/** Numeric addresses of this machine's interfaces, without scope. */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address))
}

export function captureArguments(options: Omit<CaptureOptions, 'onBytes' | 'onWords' | 'onEnd'>): string[] {
  const { keepUser } = options
  const user = keepUser === undefined ? [] : ['-Z', keepUser]
  const limits = ['-s', String(options.snapshotBytes), '-c', String(options.packets)]
  // -n: no names are looked up. -U and immediate mode: every packet at once, not by the buffer.
  return ['-i', options.interface, '-n', '-U', '--immediate-mode', ...limits, ...user, '-w', '-', options.filter]
}

/** Starts at once; what goes wrong is told by `onWords` and `onEnd`. */
export function captureHeaders(options: CaptureOptions): RunningCapture {
  // Should this process be killed, nobody else would end a capture that waits for a packet: `timeout` (coreutils) does.
  const guard = findTool('timeout')
  const command = [options.tool, ...captureArguments(options)]
  const [file = options.tool, ...args] = guard === undefined ? command : [guard, String(options.seconds + guardSeconds), ...command]
  const child = spawn(file, args, {
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own: Ctrl+C is for Sockscope, which then stops it, and the group can be ended as one
    windowsHide: true,
  })
  remember(child)
  return follow(child, options)
}

/** What tcpdump says when it opens an interface without taking a packet; empty when it may. */
export function probeCapture(tool: string, onInterface: string): Promise<string> {
  return new Promise((resolve) => {
    const args = ['-i', onInterface, '-L']
    const options = { env: toolEnvironment(), timeout: probeLimitMs, maxBuffer: longestWords, windowsHide: true }
    // It lists link types on standard output or standard error, by version; the caller knows a refusal by its words.
    execFile(tool, args, options, (error, output, words) => resolve(error === null ? words : `${words}${output}${error.code ?? ''}`))
  })
}

function follow(child: ChildProcess, { seconds, outputBytes, onBytes, onWords, onEnd }: CaptureOptions): RunningCapture {
  let taken = 0
  let said = 0
  let systemError: string | undefined
  let patience: NodeJS.Timeout | undefined
  const stop = (): void => {
    if (patience !== undefined || !isRunning(child)) return
    signalGroup(child, 'SIGTERM')
    patience = setTimeout(() => signalGroup(child, 'SIGKILL'), patienceMs)
  }
  const timeLimit = setTimeout(stop, seconds * 1000)
  child.stdout?.on('data', (bytes: Buffer) => {
    taken += bytes.length
    if (taken <= outputBytes) onBytes(bytes)
    else stop()
  })
  child.stderr?.setEncoding('utf8').on('data', (words: string) => {
    const room = longestWords - said
    said += words.length
    if (room > 0) onWords(words.slice(0, room))
  })
  child.once('error', (error: NodeJS.ErrnoException) => {
    systemError = error.code ?? error.message
  })
  child.once('close', () => {
    clearTimeout(timeLimit)
    clearTimeout(patience)
    forget(child)
    onEnd(systemError === undefined ? {} : { systemError })
  })
  return { pid: child.pid, stop }
}

/** Only what it needs: a variable of a bundle's loader would give tcpdump libraries that are not its own. */
function toolEnvironment(): NodeJS.ProcessEnv {
  return { PATH: usualFolders.join(delimiter), LC_ALL: 'C', LANG: 'C' }
}

function isRunning({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

/** The tool and the one that guards its time. Not ours to signal any more (it changed its user), or gone: its time ends it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !isRunning(child)) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
    child.kill(signal)
  }
}

/** While something runs, the end of this process ends it: `exit` is not told after a signal, so TERM is listened for too. */
function remember(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', endAll)
    process.on('SIGTERM', endAllAndGo)
  }
  running.add(child)
}

function forget(child: ChildProcess): void {
  running.delete(child)
  if (running.size > 0) return
  process.off('exit', endAll)
  process.off('SIGTERM', endAllAndGo)
}

function endAll(): void {
  for (const child of running) signalGroup(child, 'SIGTERM')
}

function endAllAndGo(): void {
  endAll()
  process.off('SIGTERM', endAllAndGo)
  // Others who listen decide when to go; without them the signal does what it always does.
  if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM')
}

function canExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there, or not ours to run: the search goes on.
    return false
  }
}
