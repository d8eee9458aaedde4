/** Processes that the tests start, talk to by lines of JSON, and end by their handle. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child {
  readonly pid: number
  readonly process: ChildProcess
  /** The next line it printed, parsed. */
  next<Answer = unknown>(): Promise<Answer>
  /** Sends a line and waits for the next one that comes back. */
  ask<Answer = unknown>(message: unknown): Promise<Answer>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  kill(signal?: NodeJS.Signals): Promise<void>
}

export interface ChildOptions {
  readonly executable?: string
  readonly uid?: number
  /** Descriptors of this process that the child inherits from 3 on. */
  readonly inherit?: readonly number[]
  readonly env?: NodeJS.ProcessEnv
}

const answerLimitMs = 10_000
const children = new Set<Child>()

/** Ends what a test left behind. */
export async function endChildren(): Promise<void> {
  await Promise.all([...children].map((child) => child.kill('SIGKILL')))
}

/** Runs a script of test/live/engine/fixtures with the running Node. */
export function startScript(name: string, args: readonly (string | number)[] = [], options: ChildOptions = {}): Child {
  const script = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
  return startChild([script, ...args.map(String)], options)
}

/** Runs a piece of program text. */
export function startProgram(text: string, options: ChildOptions = {}): Child {
  return startChild(['-e', text], options)
}

/** Runs shell text with arguments $1, $2 and so on. */
export function startShell(text: string, args: readonly (string | number)[]): Child {
  return startChild(['-c', text, 'sh', ...args.map(String)], { executable: '/bin/sh' })
}

function startChild(args: readonly string[], { executable = process.execPath, uid, inherit = [], env }: ChildOptions): Child {
  const stdio: StdioOptions = ['pipe', 'pipe', 'inherit', ...inherit]
  const started = spawn(executable, args, {
    stdio,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
  })
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: started.stdout! }).on('line', (line) => {
    const first = waiting.shift()
    if (first === undefined) lines.push(line)
    else first(line)
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    started.once('exit', (code, signal) => resolve({ code, signal }))
    started.once('error', () => resolve({ code: -1, signal: null }))
  })
  started.stdin!.on('error', () => {}) // the child may be gone already
  const next = async <Answer>(): Promise<Answer> => JSON.parse(await nextLine()) as Answer
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const ready = lines.shift()
      if (ready !== undefined) {
        resolve(ready)
        return
      }
      const limit = setTimeout(() => reject(new Error(`No line from ${args.join(' ').slice(0, 200)}`)), answerLimitMs)
      waiting.push((line) => {
        clearTimeout(limit)
        resolve(line)
      })
    })
  const child: Child = {
    pid: started.pid ?? -1,
    process: started,
    next,
    async ask(message) {
      started.stdin!.write(`${JSON.stringify(message)}\n`)
      return next()
    },
    ended,
    async kill(signal = 'SIGKILL') {
      if (started.exitCode === null && started.signalCode === null) started.kill(signal)
      await ended
      children.delete(child)
    },
  }
  children.add(child)
  return child
}
