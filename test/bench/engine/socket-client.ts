/**
 * A client process of the load: holds so many connections to the given listeners and replaces a share of them per second. It leaves
 * with a reset, so that no TIME_WAIT piles up.
 */
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { endWithParent } from './child-program.ts'
import type { Listening } from './socket-server.ts'

export interface ClientTask {
  readonly connections: number
  /** Connections replaced per second, as a share of all. */
  readonly churn: number
  readonly listeners: readonly Listening[]
}

/** Connections opened at a time while filling; below every backlog. */
const atOnce = 64
const churnStepMs = 20

const held: Socket[] = []
endWithParent(async () => {
  for (const socket of held) socket.resetAndDestroy()
  await nextTurn() // the descriptors are closed at the end of this one
})
const { connections, churn, listeners } = JSON.parse(process.argv[2] ?? '') as ClientTask
while (held.length < connections) {
  const wave = Array.from({ length: Math.min(atOnce, connections - held.length) }, (_, at) => open(held.length + at))
  held.push(...(await Promise.all(wave)))
}
process.send?.(held.length)
if (churn > 0) replaceSteadily()

function open(index: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = start(index)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

function start(index: number): Socket {
  const listener = listeners[index % listeners.length]
  if (listener === undefined) throw new Error('There is no listener to connect to.')
  const socket = connect({ host: listener.address, port: listener.port })
  socket.once('connect', () => socket.write('hello'))
  socket.resume()
  return socket
}

function replaceSteadily(): void {
  const startedAt = performance.now()
  let replaced = 0
  setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * churn * connections
    for (; replaced < due; replaced += 1) {
      const index = Math.floor(Math.random() * connections)
      held[index]?.resetAndDestroy()
      const socket = start(index)
      // A connection that failed leaves its place empty until it is drawn again.
      socket.on('error', () => socket.destroy())
      held[index] = socket
    }
  }, churnStepMs)
}
