/** The interface over HTTP and WebSocket: node:http bound to one address, with every limit set. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { Api } from '../../src-shared/contract/api.ts'
import { createAccessGate } from './access-gate.ts'
import { answerRequest, plain, type AnswerParts } from './answer-request.ts'
import { allowedHosts, hostText, isAnyAddress, isLoopbackAddress } from './host-names.ts'
import { createSocketGate, type SocketGate } from './socket-gate.ts'
import type { PeerCheck } from './peer-check.ts'
import type { StaticFiles } from './static-files.ts'
import { writeAnswer } from './write-answer.ts'

export interface WebHostOptions {
  readonly api: Api
  readonly files: StaticFiles
  /** An IP address of this machine. */
  readonly address: string
  /** 0: any free one. */
  readonly port: number
  readonly actionsAllowed: boolean
  /** Absent: every connection is let in, to be asked for its cookie. */
  readonly admits?: PeerCheck | undefined
  readonly startTimer: (run: () => void, delayMs: number) => () => void
  readonly onDefect: (error: unknown) => void
}

export interface WebHost {
  readonly port: number
  /** An address that lets one browser in, once. */
  createEntryAddress(): string
  clientCount(): number
  close(): Promise<void>
}

/** A browser's request line and headers, our cookie included, are about 1 KiB. */
export const maximumHeaderBytes = 8 * 1024
const maximumHeaders = 64
/** A window needs one connection for good and a few while it loads. */
const maximumConnections = 64
/** On this machine a request arrives at once; one that takes longer is made to hold a connection open. */
export const headersTimeoutMs = 5_000
const requestTimeoutMs = 10_000
const keepAliveTimeoutMs = 5_000
const timeoutCheckMs = 1_000
/** Time for a window to hear that the host is going. */
const goodbyeMs = 250

/** Rejects with the system's error when the address cannot be bound. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const server = createServer({
    maxHeaderSize: maximumHeaderBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: timeoutCheckMs,
  })
  server.maxConnections = maximumConnections
  server.maxHeadersCount = maximumHeaders
  const { admits } = options
  // In front of node:http's own listener, which begins to read.
  if (admits !== undefined) server.prependListener('connection', (socket: Socket) => void (admits(socket) || socket.resetAndDestroy()))
  const port = await listen(server, options.address, options.port)
  // A connection that cannot be accepted (no file descriptor left) is no reason to end for everybody.
  server.on('error', options.onDefect)
  const gate = createAccessGate(port)
  const parts: AnswerParts = { gate, files: options.files, allowedHosts: allowedHosts(options.address, port, machineNames()) }
  const sockets = createSocketGate({ ...options, gate, allowedHosts: parts.allowedHosts })

  server.on('request', (request, response) => answer(request, response, parts))
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  server.on('connect', (_request, socket) => writeAnswer(socket, plain(405, 'This is no proxy.', { Allow: 'GET, HEAD' })))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => writeAnswer(socket, plain(...clientErrorAnswer(error.code))))

  const origin = `http://${hostText(shownName(options.address), port)}`
  return {
    port,
    createEntryAddress: () => `${origin}/?token=${gate.issueToken()}`,
    clientCount: () => sockets.clientCount(),
    close: () => close(server, sockets, options.startTimer),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, parts: AnswerParts): void {
  const { method, url: target, headers } = request
  const { status, headers: own, body } = answerRequest({ method, target, host: headers.host, cookie: headers.cookie }, parts)
  if (status >= 400) response.shouldKeepAlive = false
  response.writeHead(status, { ...own, 'Content-Length': Buffer.byteLength(body) })
  response.end(method === 'HEAD' ? undefined : body)
}

function clientErrorAnswer(code: string | undefined): [status: number, text: string] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'The request has too many or too long headers.']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request took too long.']
  return [400, 'This is not an HTTP request.']
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function close(server: Server, sockets: SocketGate, startTimer: WebHostOptions['startTimer']): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  sockets.close()
  server.closeAllConnections()
  const cancel = startTimer(() => sockets.terminate(), goodbyeMs)
  await closed
  cancel()
}

function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address))
  return [hostname(), ...addresses]
}

/** A host on all addresses is best told by one that others can reach. */
function shownName(address: string): string {
  if (!isAnyAddress(address)) return address
  return (
    machineNames()
      .slice(1)
      .find((name) => !isLoopbackAddress(name)) ?? '127.0.0.1'
  )
}
