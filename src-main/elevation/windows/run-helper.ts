/** Main of the helper with administrator rights: connects to the engine that started it, does what it may, ends with the connection. */
import { createConnection, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { windowsApi } from '../../native/windows/windows-api.ts'
import { createRequestAnswerer } from './answer-request.ts'
import { parseRequest, tokenPattern, type HelperRequest } from './helper-protocol.ts'
import { LineSplitter } from './line-splitter.ts'
import { isServedByOwnProgram } from './pipe-server.ts'

const pipePattern = /^\\\\\.\\pipe\\sockscope-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `args` are the pipe's name and the token. Answers an exit code: 0 after service, 2 when started by anybody else. */
export async function runElevatedHelper(args: readonly string[]): Promise<number> {
  const [pipe = '', token = '', ...more] = args
  if (!pipePattern.test(pipe) || !tokenPattern.test(token) || more.length > 0) return 2
  const api = windowsApi()
  if (!isServedByOwnProgram(api, pipe, process.pid)) return 2
  return serveRequests(
    createConnection(pipe),
    token,
    createRequestAnswerer(api, (ms) => delay(ms)),
  )
}

/** Ends with the connection, or at the first line that is no request. */
export function serveRequests(socket: Socket, token: string, answer: (request: HelperRequest) => Promise<unknown>): Promise<number> {
  const splitter = new LineSplitter()
  let code = 0
  const reject = (): void => {
    code = 2
    socket.destroy()
  }
  const serve = async (request: HelperRequest): Promise<void> => {
    const text = JSON.stringify({ id: request.id, answer: await answer(request) })
    if (!socket.destroyed) socket.write(`${text}\n`)
  }
  socket.once('connect', () => socket.write(`${JSON.stringify({ token })}\n`))
  socket.on('data', (chunk) => {
    for (const line of splitter.push(chunk)) {
      const request = parseRequest(line)
      if (request === undefined) {
        reject()
        return
      }
      serve(request).catch(reject)
    }
    if (splitter.overrun) reject()
  })
  return new Promise((resolve) => {
    socket.once('error', () => {
      code = 2
    })
    socket.once('close', () => resolve(code))
  })
}
