/** Real sockets and processes on command. */
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { AgentCommands } from './agent-messages.ts'

interface ListenInput {
  readonly host: string
  readonly ipv6Only?: boolean
  /** Does not answer the other side's end with its own: the connection stays half-closed. */
  readonly halfOpen?: boolean
}

interface ConnectInput {
  readonly host: string
  readonly port: number
}

/** Connections that are opened at a time; more than a listener's queue would be refused. */
const openedTogether = 50
const commandLimitMs = 20_000

export function socketCommands(script: string, harnessPort: number): AgentCommands {
  const open = new Map<number, { end?: () => unknown; destroy?: () => unknown; close?: () => unknown }>()
  const ends = new Map<number, string>()
  let lastHandle = 0
  const keep = (one: Socket | Server | ReturnType<typeof createSocket>): number => {
    lastHandle += 1
    open.set(lastHandle, one)
    return lastHandle
  }
  const listen = async ({ host, ipv6Only = false, halfOpen = false }: ListenInput) => {
    const server = createServer({ allowHalfOpen: halfOpen }, (socket) => {
      socket.on('error', () => {})
      keep(socket)
    })
    server.listen({ host, port: 0, ipv6Only, backlog: openedTogether })
    await once(server, 'listening')
    return { handle: keep(server), port: portOf(server) }
  }
  const connectTo = async ({ host, port }: ConnectInput) => {
    const socket = connect({ host, port, allowHalfOpen: true })
    await once(socket, 'connect')
    const handle = keep(socket)
    socket.on('error', (error: NodeJS.ErrnoException) => ends.set(handle, error.code ?? error.message))
    socket.on('close', () => ends.has(handle) || ends.set(handle, 'closed'))
    return { handle, port: socket.localPort as number }
  }
  return {
    listen,
    connect: connectTo,
    async udp({ host }: { readonly host: string }) {
      const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
      socket.bind(0, host)
      await once(socket, 'listening')
      return { handle: keep(socket), port: socket.address().port }
    },
    /** Says goodbye in one direction only. */
    halfClose: ({ handle }: { readonly handle: number }) => void open.get(handle)?.end?.(),
    /** How a connection ended on this side: an error code, `closed`, or null while it is open. */
    howEnded: ({ handle }: { readonly handle: number }) => ends.get(handle) ?? null,
    closeAll() {
      for (const one of open.values()) (one.destroy ?? one.close)?.call(one)
      open.clear()
    },
    async connectMany({ count }: { readonly count: number }) {
      const { port } = await listen({ host: '127.0.0.1' })
      for (let done = 0; done < count; done += openedTogether) {
        await Promise.all(Array.from({ length: Math.min(openedTogether, count - done) }, () => connectTo({ host: '127.0.0.1', port })))
      }
      return { port }
    },
    leave: () => void setImmediate(() => process.exit(0)),
    sockscope: ({ args }: { readonly args: readonly string[] }) => runSockscope(dirname(script), args),
    /** Another agent, as a child of this one; it reports to the tests by itself. */
    startChild: () => spawn(process.execPath, [script, String(harnessPort)], { stdio: 'ignore' }).pid ?? 0,
    describeSelf: () => ({ pid: process.pid, executable: process.execPath, startedAtMs: Date.now() - process.uptime() * 1000 }),
  }
}

/** Runs the product's command. Its output goes to files: under Wine, a Windows Node cannot open a pipe as its standard output. */
function runSockscope(folder: string, args: readonly string[]): { code: number | null; out: string; err: string } {
  const files = ['out', 'err'].map((name) => join(folder, `sockscope-${process.pid}.${name}`)) as [string, string]
  const [out, err] = files.map((file) => openSync(file, 'w')) as [number, number]
  const { status } = spawnSync(process.execPath, [join(folder, 'program/sockscope.mjs'), ...args], {
    stdio: ['ignore', out, err],
    timeout: commandLimitMs,
  })
  closeSync(out)
  closeSync(err)
  return { code: status, out: readFileSync(files[0], 'utf8'), err: readFileSync(files[1], 'utf8') }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
