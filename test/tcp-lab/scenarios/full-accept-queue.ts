import type { PeerSocket } from '../network/peer.ts'
import { startServer } from './connections.ts'
import type { Trouble } from './trouble.ts'

const backlog = 4
/** Linux lets one more in than the backlog says (include/net/sock.h, sk_acceptq_is_full). */
const waiting = backlog + 1
/** Their SYNs are dropped: the queue that they would end in is full. */
const turnedAway = 3
const thresholds = { 'accept-queue-share': 1 }

export const fullAcceptQueue: Trouble = {
  name: 'full-accept-queue',
  title: 'A server that does not accept',
  about: 'The program is busy or stuck while clients connect: the kernel completes handshakes until the queue of the listener is full.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { program, listener } = await startServer(server, family, { port: 7000, backlog, accepts: false })
    const clients = await client.peer()
    const call = { family, host: pair.serverAddress(family, 1), port: 7000 } as const
    const more: PeerSocket[] = []
    return {
      watched: server,
      // ListenOverflows is a counter: that it rose is told for so long.
      rememberedSeconds: 12,
      thresholds,
      ladder: [
        `the server listens with a backlog of ${backlog} and does not accept`,
        `${waiting} clients connect and wait in the queue`,
        `the SYNs of ${turnedAway} more are dropped`,
      ],
      begin: async () => {
        await clients.connectMany(waiting, call)
        more.push(...(await clients.connectMany(turnedAway, { ...call, waits: false })))
      },
      reached: (rows) => rows.some(({ state, receiveQueue = 0 }) => state === 'LISTEN' && receiveQueue >= backlog),
      expected: () => ({
        rule: 'accept-queue-full',
        severity: 'critical',
        pid: program.pid,
        local: listener.local,
        evidence: [{ local: listener.local }],
        figures: { waiting: [waiting, waiting], backlog: [backlog, backlog] },
      }),
      cure: () => listener.setAccepting(true),
    }
  },
}
