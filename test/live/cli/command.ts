/** The real command, run from its sources in a process of its own, and real sockets on loopback for it to find. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

export const entry = fileURLToPath(new URL('../../../src-main/sockscope.ts', import.meta.url))
const environment = { ...process.env, LC_ALL: 'C', LANG: 'C' }

export interface CommandResult {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

export class RunningCommand {
  out = ''
  err = ''
  readonly child: ChildProcess
  readonly finished: Promise<CommandResult>

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [entry, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.out += text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.err += text))
    this.finished = once(this.child, 'close').then(([exit]) => ({ exit: exit as number | null, out: this.out, err: this.err }))
  }
}

export function sockscope(...args: readonly string[]): Promise<CommandResult> {
  return new RunningCommand(args).finished
}

export async function eventually(condition: () => boolean, what: () => string, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export async function listen(host = '127.0.0.1'): Promise<{ server: Server; port: number; accepted: Socket[] }> {
  const accepted: Socket[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {}) // a reset is what some tests want
    accepted.push(socket)
  })
  server.listen(0, host)
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port, accepted }
}

export async function connect(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = createConnection({ port, host })
  await once(socket, 'connect')
  return socket
}

const listenScript = `
  const { createServer } = require('node:net')
  const { spawn } = require('node:child_process')
  const server = createServer().listen(0, '127.0.0.1', () => {
    const child = process.argv[1] === 'with-child' ? spawn('sleep', ['300']) : undefined
    console.log(JSON.stringify({ port: server.address().port, child: child?.pid }))
  })
  if (process.argv[1] === 'stubborn') process.on('SIGTERM', () => {})
`

export interface ListeningChild {
  readonly process: ChildProcess
  readonly pid: number
  readonly port: number
  /** A process that the child started. */
  readonly grandchild: number | undefined
  readonly exited: Promise<NodeJS.Signals | null>
}

export async function listeningChild(kind: 'plain' | 'with-child' | 'stubborn' = 'plain'): Promise<ListeningChild> {
  const child = spawn(process.execPath, ['-e', listenScript, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { port, child: grandchild } = JSON.parse(line.toString()) as { port: number; child?: number }
  return { process: child, pid: child.pid!, port, grandchild, exited }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
