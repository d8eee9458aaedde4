/** Opens the pipe, has the helper started, and waits for the one connection that knows the token. */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { ElevationRefusal } from '../../actions/windows/elevated-actions.ts'
import { HelperLink, type StartTimer } from './helper-link.ts'
import { parseHello } from './helper-protocol.ts'
import { LineSplitter } from './line-splitter.ts'

export interface AwaitHelperOptions {
  readonly pipe: string
  readonly token: string
  /** Starts the helper; undefined when it runs. */
  readonly launch: () => Promise<ElevationRefusal | undefined>
  readonly startTimer: StartTimer
  readonly onClose: () => void
}

/** From consent to the first line: a cold start of the whole program on a busy machine. */
const helloTimeoutMs = 30_000
/** The helper connects twice (it looks who serves the pipe first); more is somebody trying. */
const mostStrangers = 8

export async function awaitHelper(options: AwaitHelperOptions): Promise<HelperLink | ElevationRefusal> {
  const server = createServer()
  const listening = await listen(server, options.pipe)
  if (listening !== undefined) return { refusal: 'elevation-failed', systemError: listening }
  const linked = acceptOne(server, options)
  const refusal = await options.launch()
  if (refusal !== undefined) {
    linked.cancel()
    return refusal
  }
  return linked.link
}

function listen(server: Server, pipe: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(pipe, () => resolve(undefined))
  })
}

function acceptOne(
  server: Server,
  { token, startTimer, onClose }: AwaitHelperOptions,
): { readonly link: Promise<HelperLink | ElevationRefusal>; readonly cancel: () => void } {
  const strangers = new Set<Socket>()
  let settle: ((answer: HelperLink | ElevationRefusal) => void) | undefined
  const link = new Promise<HelperLink | ElevationRefusal>((resolve) => {
    settle = resolve
  })
  let seen = 0
  const finish = (answer: HelperLink | ElevationRefusal): void => {
    stopTimer()
    server.close()
    for (const stranger of strangers) stranger.destroy()
    settle?.(answer)
  }
  const stopTimer = startTimer(() => finish({ refusal: 'elevation-failed', systemError: 'no answer from the helper' }), helloTimeoutMs)
  server.on('connection', (socket) => {
    seen += 1
    if (seen > mostStrangers) {
      socket.destroy()
      finish({ refusal: 'elevation-failed', systemError: 'too many connections to the pipe' })
      return
    }
    strangers.add(socket)
    socket.on('error', () => socket.destroy()) // told by `close`
    socket.on('close', () => strangers.delete(socket))
    const splitter = new LineSplitter()
    socket.on('data', function greet(chunk: Buffer) {
      const [line] = splitter.push(chunk)
      if (line === undefined && !splitter.overrun) return
      socket.off('data', greet)
      if (line === undefined || !isToken(parseHello(line), token)) {
        socket.destroy()
        return
      }
      strangers.delete(socket)
      finish(new HelperLink(socket, splitter, startTimer, onClose))
    })
  })
  return { link, cancel: () => finish({ refusal: 'elevation-refused' }) }
}

function isToken(given: string | undefined, token: string): boolean {
  return given !== undefined && given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))
}
