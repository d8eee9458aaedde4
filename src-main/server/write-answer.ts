import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Answer } from './answer-request.ts'

/** Writes an answer to a bare connection (one that speaks no HTTP yet, or wants another protocol) and closes it. */
export function writeAnswer(socket: Duplex, { status, headers, body }: Answer): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = Object.entries({ ...headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  socket.end(`${head}\r\n\r\n${String(body)}`, () => socket.destroy())
}
