import { each, join, startServer } from './connections.ts'
import type { Trouble } from './trouble.ts'

const limit = 96
const connections = 60
const thresholds = { 'descriptor-share': 0.8 }

export const fullDescriptors: Trouble = {
  name: 'full-descriptors',
  title: 'A program near its limit of open files',
  about: 'Every socket is a descriptor. At the limit accept() and connect() fail with EMFILE, and so does opening any file.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { listener } = await startServer(server, family)
    const program = await client.peer({ openFiles: limit })
    let joined: Awaited<ReturnType<typeof join>> = []
    return {
      watched: client,
      thresholds,
      ladder: [`a program is started with \`ulimit -n ${limit}\``, `it opens ${connections} connections`],
      begin: async () => {
        joined = await join({ from: program, to: listener, host: pair.serverAddress(family, 1), count: connections })
      },
      reached: (rows) => rows.length >= connections,
      expected: () => ({
        rule: 'fd-pressure',
        severity: 'warning',
        pid: program.pid,
        evidence: joined.map(({ ends }) => ends),
        figures: {
          descriptors: [connections + 1, limit],
          'descriptor-limit': [limit, limit],
          sockets: [connections, connections],
          share: [thresholds['descriptor-share'], 1],
        },
      }),
      cure: () => each(joined.slice(connections / 2), ({ client: socket }) => socket.reset()),
    }
  },
}
