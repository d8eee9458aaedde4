import { release, userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import { readProcText } from '../native/linux/proc-files.ts'
import type { OpenedListing } from '../api/open-listing.ts'
import type { StoredSettings } from '../api/stored-settings.ts'
import type { CliEnvironment, Engine, OutputStream } from './environment.ts'
import { fileExists, writePrivateFile } from './private-output.ts'
import { readTextInput } from './text-input.ts'
import { linuxStartToken } from './linux-start-token.ts'

type StopListeners = Set<() => void>

/** The real surroundings of the command. This is the command line's host entry: the platform is read here and nowhere below. */
export function processEnvironment(version: string): CliEnvironment {
  const { platform } = process
  const stopListeners: StopListeners = new Set()
  return {
    version,
    variables: process.env,
    stdout: outputStream(process.stdout, stopListeners),
    stderr: outputStream(process.stderr, stopListeners),
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    ask: askOnTerminal,
    openEngine: () => openEngine(platform),
    openListing: (file) => openListing(file, platform),
    readSettings: () => readSettings(platform),
    readText: (file, mostBytes) => readTextInput(file === '-' ? (process.stdin as AsyncIterable<Buffer>) : file, mostBytes),
    fileExists,
    writePrivateFile,
    processOfThread: (id) => Promise.resolve(platform === 'linux' ? linuxProcessOfThread(id) : undefined),
    identifyProcess: async (pid) => (platform === 'linux' ? linuxProcess(pid) : otherProcess(platform, pid)),
    now: () => Date.now(),
    startTimer,
    onStop: (listener) => onStop(listener, stopListeners),
  }
}

async function openEngine(platform: NodeJS.Platform): Promise<Engine> {
  // Loaded only when needed: help and explanations work where the native parts do not.
  const { createLocalApi } = await import('../api/create-local-api.ts')
  const userId = process.geteuid?.() // as the engine process does: what counts is what the kernel grants
  const local = createLocalApi({
    platform,
    kernel: release(),
    variables: process.env,
    userName: ownUserName(),
    userId,
    ownPids: [process.pid],
    sessionBase: `cli-${process.pid}-${Date.now()}`,
    now: () => Date.now(),
    steadyNow: () => performance.now(),
    startTimer: (run, delayMs) => startTimer(delayMs, run),
  })
  return { api: local.api, stop: () => local.stop() }
}

async function openListing(file: string, platform: NodeJS.Platform): Promise<OpenedListing> {
  const listing = await import('../api/open-listing.ts')
  const { locateData, serviceNamesOf } = await import('../api/names-calls.ts')
  return listing.openListing(
    file === '-' ? (process.stdin as AsyncIterable<Buffer>) : file,
    () => Date.now(),
    () => serviceNamesOf(locateData(platform, process.env)),
  )
}

async function readSettings(platform: NodeJS.Platform): Promise<StoredSettings> {
  const { readStoredSettings } = await import('../api/stored-settings.ts')
  return readStoredSettings(platform, process.env)
}

function startTimer(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** Undefined for a user id without an entry, as in containers that run as an arbitrary number. */
function ownUserName(): string | undefined {
  try {
    return userInfo().username
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return undefined
    throw error
  }
}

function linuxProcess(pid: number): { pid: number; startToken: string } | undefined {
  const startToken = linuxStartToken(readProcText(`${pid}/stat`) ?? '')
  return startToken === undefined ? undefined : { pid, startToken }
}

async function otherProcess(platform: string, pid: number): Promise<{ pid: number; startToken: string } | undefined> {
  const { identifyProcess } = await import('../api/identify-process.ts')
  return identifyProcess(platform, pid)
}

/** Threads have folders in /proc too, which are only not listed (proc_tid(5)). */
function linuxProcessOfThread(id: number): number | undefined {
  const group = /^Tgid:\s*(\d+)$/m.exec(readProcText(`${id}/status`) ?? '')?.[1]
  return group === undefined || Number(group) === id ? undefined : Number(group)
}

/** A reader that goes away (`| head`) is no error: writing ends quietly, and what waits is told to stop. */
function outputStream(stream: NodeJS.WriteStream, stopListeners: StopListeners): OutputStream {
  let open = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    open = false
    for (const listener of stopListeners) listener()
  })
  return {
    write: (text) => {
      if (open) stream.write(text)
    },
    drained: () =>
      new Promise((resolve) => {
        if (open && stream.writableNeedDrain) stream.once('drain', resolve)
        else resolve()
      }),
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
  }
}

function onStop(listener: () => void, stopListeners: StopListeners): () => void {
  stopListeners.add(listener)
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    stopListeners.delete(listener)
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}

/** The question goes to stderr: stdout may be redirected. */
function askOnTerminal(question: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    let answer: string | undefined
    lines.once('close', () => resolve(answer))
    lines.once('SIGINT', () => {
      process.stderr.write('\n')
      lines.close()
    })
    lines.question(question, (line) => {
      answer = line
      lines.close()
    })
  })
}
