/** The web host as it is served, over an engine that is a fixture, and a client that can misbehave: it writes bytes, not requests. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { StaticFiles } from '../../src-main/server/static-files.ts'
import type { PeerCheck } from '../../src-main/server/peer-check.ts'
import { startWebHost, type WebHost } from '../../src-main/server/web-host.ts'
import { startTimer, type StartTimer } from '../../src-main/supervisor/start-timer.ts'
import { createFixtureApi } from '../contract/fixture-api.ts'

export interface TestHost {
  readonly host: WebHost
  readonly port: number
  /** `127.0.0.1:port`. */
  readonly name: string
  readonly defects: readonly unknown[]
  /** An unused token. */
  newToken(): string
  /** Exchanges a token as a browser does; `name=value`. */
  newCookie(): Promise<string>
  close(): Promise<void>
}

export const page = '<!doctype html><title>Sockscope</title>'
const files: StaticFiles = new Map([
  ['/', { type: 'text/html; charset=utf-8', bytes: Buffer.from(page) }],
  ['/index.html', { type: 'text/html; charset=utf-8', bytes: Buffer.from(page) }],
  ['/assets/index-1a2b.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('export {}') }],
])

export interface TestHostOptions {
  readonly actionsAllowed?: boolean
  readonly address?: string
  readonly timer?: StartTimer
  readonly admits?: PeerCheck
}

export async function startTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const { actionsAllowed = false, address = '127.0.0.1', timer = startTimer, admits } = options
  const defects: unknown[] = []
  const onDefect = (error: unknown): void => void defects.push(error)
  const parts = { api: createFixtureApi(), files, address, port: 0, actionsAllowed, admits, startTimer: timer, onDefect }
  const host = await startWebHost(parts)
  const newToken = (): string => new URL(host.createEntryAddress()).searchParams.get('token') ?? ''
  const name = `${address}:${host.port}`
  return {
    host,
    port: host.port,
    name,
    defects,
    newToken,
    async newCookie() {
      const { headers } = await get({ port: host.port, name }, `/?token=${newToken()}`)
      return (headers['set-cookie'] ?? '').split(';')[0] ?? ''
    },
    close: () => host.close(),
  }
}

type Headers = Readonly<Record<string, string>>

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly text: string
}

/** Writes exactly these bytes and reads until the host closes the connection. */
export async function raw(port: number, bytes: string | Uint8Array): Promise<RawResponse> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(bytes)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A host that refuses may reset while we still write; what it said before is what counts.
  socket.on('error', () => {})
  await once(socket, 'close')
  return parseResponse(Buffer.concat(chunks).toString('latin1'))
}

export function parseResponse(text: string): RawResponse {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text }
}

/** One request with the target as it is given: nothing is resolved or encoded on the way, as `fetch` would. */
export function get(
  { port, name }: Pick<TestHost, 'port' | 'name'>,
  target: string,
  { method = 'GET', headers = {}, host = name }: { method?: string; headers?: Headers; host?: string } = {},
): Promise<RawResponse> {
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close']
  for (const [header, value] of Object.entries(headers)) lines.push(`${header}: ${value}`)
  return raw(port, `${lines.join('\r\n')}\r\n\r\n`)
}

/** What came of an attempt to open a WebSocket: `open`, or the status of the refusal. */
export async function tryWebSocket(
  { port }: Pick<TestHost, 'port'>,
  { path = '/socket', headers = {}, autoPong = true }: { path?: string; headers?: Headers; autoPong?: boolean } = {},
): Promise<{ readonly outcome: 'open' | number; readonly socket: WebSocket }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, autoPong })
  socket.on('error', () => {})
  const outcome = await new Promise<'open' | number>((resolve) => {
    socket.once('open', () => resolve('open'))
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
  })
  return { outcome, socket }
}

/** The headers with which a page of ours connects. */
export async function ownHeaders(host: TestHost): Promise<Readonly<Record<string, string>>> {
  return { Host: host.name, Origin: `http://${host.name}`, Cookie: await host.newCookie() }
}

export async function openWebSocket(host: TestHost): Promise<WebSocket> {
  const { outcome, socket } = await tryWebSocket(host, { headers: await ownHeaders(host) })
  if (outcome !== 'open') throw new Error(`refused with ${outcome}`)
  return socket
}

/** One call over an open socket. */
export async function ask(socket: WebSocket, message: object): Promise<unknown> {
  const answer = once(socket, 'message') as Promise<[Buffer]>
  socket.send(JSON.stringify(message))
  const [data] = await answer
  return JSON.parse(data.toString()) as unknown
}

export function rawSocket(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  return socket
}
