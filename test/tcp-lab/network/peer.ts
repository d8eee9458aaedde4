/**
 * A program in a namespace that makes exactly the system calls it is told to: it accepts, reads and closes nothing by itself, which
 * is what a socket needs to stay in a state. The other end of the line is fixtures/peer-program.ts.
 */
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Namespace } from './namespace.ts'
import type { Family } from './pair.ts'
import type { ConnectRequest, ListenRequest, PeerRequest, SocketRequest } from './peer-request.ts'

export interface PeerOptions {
  /** The limit on open files (RLIMIT_NOFILE) of the program. */
  readonly openFiles?: number
  /** The name that the process is known by, at most 15 characters (prctl(2), PR_SET_NAME). */
  readonly title?: string
}

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface Peer {
  readonly pid: number
  /** A listening socket. Without `accepts: false` the program accepts what comes, as most servers do. */
  listen(request: ListenRequest): Promise<PeerListener>
  /** Answers when the connection is established; with `waits: false` as soon as the first segment is on its way. */
  connect(request: ConnectRequest): Promise<PeerSocket>
  /** `count` connections at once, from one port each. */
  connectMany(count: number, request: ConnectRequest): Promise<readonly PeerSocket[]>
  /** A socket that is bound and does nothing more. Port 0: the system chooses. */
  bind(request: { readonly family: Family; readonly address?: string; readonly port: number }): Promise<PeerSocket>
  /** Opens other descriptors, as files do, until `count` are there or the limit is reached; answers how many. */
  openDescriptors(count: number): Promise<number>
  /** Ends the program; the kernel closes what it had. */
  stop(): Promise<void>
}

export interface PeerSocket {
  readonly local: Endpoint
  /** shutdown(SHUT_WR): sends FIN, the socket stays open for reading. */
  end(): Promise<void>
  /** close(2). With unread bytes the kernel sends RST instead of FIN (RFC 1122 section 4.2.2.13). */
  close(): Promise<void>
  /** close(2) after SO_LINGER 0: RST. */
  reset(): Promise<void>
  /** Hands zeros to the kernel until it takes no more, at most `bytes`; answers how many it took. */
  write(bytes: number): Promise<number>
  /** Reads what is there, at most `bytes`. */
  read(bytes?: number): Promise<{ readonly bytes: number; readonly ended: boolean }>
  /** Reads whatever comes from now on, or no longer. New sockets are not read. */
  setReading(reads: boolean): Promise<void>
  /** SO_KEEPALIVE with tcp(7)'s times in seconds. */
  setKeepAlive(times: { readonly idle: number; readonly interval: number; readonly count: number }): Promise<void>
  /** The state as the kernel tells its owner (TCP_INFO): the number in include/net/tcp_states.h. */
  kernelState(): Promise<number>
  /** Waits until the kernel tells this state. */
  untilKernelState(state: number): Promise<void>
}

export interface PeerListener extends Omit<PeerSocket, 'end' | 'write' | 'read' | 'setReading' | 'setKeepAlive'> {
  /** Accepts until there are `count` more connections, and answers them. For a listener that accepts what comes: the next ones. */
  accept(count?: number): Promise<readonly PeerSocket[]>
  /** The accepted socket whose remote side is `from`, once it is accepted. */
  accepted(from: PeerSocket): Promise<PeerSocket>
  /** Starts or stops to accept what comes. */
  setAccepting(accepts: boolean): Promise<void>
}

interface SocketAnswer {
  readonly socket: number
  readonly local: Endpoint
}

const program = fileURLToPath(new URL('fixtures/peer-program.ts', import.meta.url))
/** The machine may be busy; the program itself gives up earlier, with the reason. */
const answerLimitMs = 30_000

export async function openPeer(namespace: Namespace, { openFiles, title = 'lab-peer' }: PeerOptions): Promise<Peer> {
  const limited = ['-c', 'ulimit -n "$1" && shift && exec "$@"', 'sh', String(openFiles), process.execPath, program, title]
  const child =
    openFiles === undefined
      ? namespace.start(process.execPath, [program, title], { stdio: ['pipe', 'pipe', 'inherit'] })
      : namespace.start('sh', limited, { stdio: ['pipe', 'pipe', 'inherit'] })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('The peer program has no pipes.')
  stdin.on('error', () => {}) // a program that is gone is told by `exit`
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let ended: Error | undefined
  const finish = (error: Error): void => {
    ended ??= error
    for (const question of waiting.values()) question.reject(error)
    waiting.clear()
  }
  child.once('error', finish)
  child.once('exit', (code, signal) => finish(new Error(`The peer program ended (${signal ?? code}).`)))
  createInterface({ input: stdout }).on('line', (line) => {
    const { id, failed, answer } = JSON.parse(line) as { id: number; failed?: string; answer?: unknown }
    const asked = waiting.get(id)
    waiting.delete(id)
    if (failed === undefined) asked?.resolve(answer)
    else asked?.reject(new Error(failed))
  })
  const ask = <Answer>(request: PeerRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended)
        return
      }
      const id = (lastId += 1)
      const limit = setTimeout(() => {
        waiting.delete(id)
        reject(new Error(`The peer program in ${namespace.name} did not answer: ${JSON.stringify(request)}`))
      }, answerLimitMs)
      waiting.set(id, {
        resolve: (answer) => {
          clearTimeout(limit)
          resolve(answer as Answer)
        },
        reject: (error) => {
          clearTimeout(limit)
          reject(error)
        },
      })
      stdin.write(`${JSON.stringify({ id, ...request })}\n`)
    })
  await ask({ do: 'hello' })

  const socketOf = ({ socket, local }: SocketAnswer): PeerSocket => {
    const tell = async (request: SocketRequest): Promise<void> => void (await ask({ ...request, socket }))
    return {
      local,
      end: () => tell({ do: 'shutdown' }),
      close: () => tell({ do: 'close' }),
      reset: () => tell({ do: 'reset' }),
      write: (bytes) => ask({ do: 'write', socket, bytes }),
      read: (bytes) => ask(bytes === undefined ? { do: 'read', socket } : { do: 'read', socket, bytes }),
      setReading: (reads) => tell({ do: 'set-reading', on: reads }),
      setKeepAlive: (times) => tell({ do: 'keep-alive', ...times }),
      kernelState: () => ask({ do: 'state', socket }),
      untilKernelState: (state) => tell({ do: 'until-state', state }),
    }
  }
  const listenerOf = (answer: SocketAnswer): PeerListener => {
    const { socket } = answer
    return {
      ...socketOf(answer),
      accept: async (count = 1) => (await ask<SocketAnswer[]>({ do: 'accept', socket, count })).map(socketOf),
      accepted: async (from) => socketOf(await ask({ do: 'accepted', socket, from: from.local })),
      setAccepting: async (accepts) => void (await ask({ do: 'set-accepting', socket, on: accepts })),
    }
  }
  return {
    pid: child.pid ?? -1,
    listen: async (request) => listenerOf(await ask({ do: 'listen', ...request })),
    connect: async (request) => {
      const [answer] = await ask<SocketAnswer[]>({ do: 'connect', count: 1, ...request })
      if (answer === undefined) throw new Error('One connection was asked for, and none came.')
      return socketOf(answer)
    },
    connectMany: async (count, request) => (await ask<SocketAnswer[]>({ do: 'connect', count, ...request })).map(socketOf),
    bind: async (request) => socketOf(await ask({ do: 'bind', ...request })),
    openDescriptors: (count) => ask({ do: 'open-descriptors', count }),
    stop: async () => {
      if (ended !== undefined) return
      const gone = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      stdin.end()
      await gone
    },
  }
}
