/** The WebSocket door: who may come in, how many, how much they may say, and that they are still there. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Api } from '../../src-shared/contract/api.ts'
import { maximumSettingsBytes } from '../../src-shared/model/settings.ts'
import { serveRpc } from '../../src-shared/rpc/server.ts'
import { plain, type Answer, type AnswerParts } from './answer-request.ts'
import { acceptedHost } from './host-names.ts'
import { writeAnswer } from './write-answer.ts'
import { createWebSocketChannel } from './web-socket-channel.ts'

export const socketPath = '/socket'
/** Windows that one person looks at; each costs the host a table in memory. */
export const maximumClients = 8
/** The longest call changes all settings at once; the next one names a thousand targets in about 60 bytes each. */
export const maximumMessageBytes = maximumSettingsBytes + 64 * 1024
/** A client that does not answer within one interval has gone without saying so. */
export const pingIntervalMs = 15_000
/** RFC 6455 section 7.4.1: an end that is going away. */
const goingAway = 1001

export interface SocketGateOptions extends Pick<AnswerParts, 'gate' | 'allowedHosts'> {
  readonly api: Api
  readonly actionsAllowed: boolean
  readonly startTimer: (run: () => void, delayMs: number) => () => void
  readonly onDefect: (error: unknown) => void
}

export interface SocketGate {
  /** Answers the upgrade or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  clientCount(): number
  /** Says goodbye; `terminate` ends those who do not listen. */
  close(): void
  terminate(): void
}

export function createSocketGate(options: SocketGateOptions): SocketGate {
  const server = new WebSocketServer({ noServer: true, maxPayload: maximumMessageBytes, perMessageDeflate: false })
  const answering = new Set<WebSocket>()
  const serve = (socket: WebSocket): void => {
    answering.add(socket)
    socket.on('pong', () => answering.add(socket))
    const { api, actionsAllowed, onDefect } = options
    serveRpc({ channel: createWebSocketChannel(socket), api, allows: (access) => access !== 'act' || actionsAllowed, onDefect })
  }
  const checkPresence = (): void => {
    for (const socket of server.clients) {
      if (answering.has(socket)) socket.ping()
      else socket.terminate()
    }
    answering.clear()
    cancelTimer = options.startTimer(checkPresence, pingIntervalMs)
  }
  let cancelTimer = options.startTimer(checkPresence, pingIntervalMs)

  return {
    upgrade(request, socket, head) {
      // The peer may vanish while it is being refused; there is nobody left to tell.
      socket.on('error', () => socket.destroy())
      const refusal = refuse(request, server.clients.size, options)
      if (refusal === undefined) server.handleUpgrade(request, socket, head, serve)
      else writeAnswer(socket, refusal)
    },
    clientCount: () => server.clients.size,
    close() {
      cancelTimer()
      for (const socket of server.clients) socket.close(goingAway, 'Sockscope is ending')
    },
    terminate() {
      for (const socket of server.clients) socket.terminate()
    },
  }
}

/** Cookies also ride on requests that other pages start; the Origin, which no page can choose, tells these apart. */
function refuse({ method, url, headers }: IncomingMessage, clients: number, { gate, allowedHosts }: SocketGateOptions): Answer | undefined {
  const host = acceptedHost(headers.host, allowedHosts)
  if (host === undefined) return plain(403, 'This host does not answer under that name.')
  if (method !== 'GET' || url !== socketPath) return plain(404, 'There is no WebSocket here.')
  if (headers.origin?.toLowerCase() !== `http://${host}`) return plain(403, 'A page from elsewhere may not connect.')
  if (!gate.hasSession(headers.cookie)) return plain(401, 'Open the address that Sockscope printed in its terminal.')
  if (clients >= maximumClients) return plain(503, `There are ${maximumClients} windows open already; close one.`)
  return undefined
}
