import { each, join, startServer } from './connections.ts'
import type { Trouble } from './trouble.ts'

const firstPort = 40_000
const portCount = 20
const held = 10
const inTimeWait = 8
const thresholds = { 'port-share': 0.8 }

export const fewPorts: Trouble = {
  name: 'few-ports',
  title: 'The ports towards one destination run out',
  about:
    'Each connection to one address and port takes a port of the dynamic range, also while it is in TIME_WAIT. The range is made small here; a proxy or a load test uses up the usual one.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    client.setSetting('net.ipv4.ip_local_port_range', `${firstPort} ${firstPort + portCount - 1}`)
    const { listener } = await startServer(server, family)
    const program = await client.peer()
    const host = pair.serverAddress(family, 1)
    const to = { from: program, to: listener, host }
    const remote = { address: host, port: 7000 }
    let kept: Awaited<ReturnType<typeof join>> = []
    let left: Awaited<ReturnType<typeof join>> = []
    return {
      watched: client,
      thresholds,
      ladder: [
        `the dynamic range has ${portCount} ports`,
        `${held} connections are held, and ${inTimeWait} are closed by the client and stay in TIME_WAIT`,
      ],
      begin: async () => {
        left = await join({ ...to, count: inTimeWait })
        kept = await join({ ...to, count: held })
        await each(left, ({ client: socket }) => socket.close())
        await each(left, ({ server: socket }) => socket.close())
      },
      reached: (rows) =>
        rows.filter((row) => row.remote?.address === host && row.remote.port === 7000).length >= portCount * thresholds['port-share'],
      expected: () => ({
        rule: 'port-exhaustion',
        severity: 'warning',
        pid: program.pid,
        remote,
        evidence: [...left, ...kept].map(({ ends }) => ends),
        figures: {
          'ports-used': [held + inTimeWait, held + inTimeWait],
          'port-range': [portCount, portCount],
          share: [(held + inTimeWait) / portCount, (held + inTimeWait) / portCount],
        },
      }),
      // The side that closes first waits: so the ports are free at once.
      cure: async () => {
        await each(kept, ({ server: socket }) => socket.close())
        await each(kept, ({ client: socket }) => socket.close())
      },
    }
  },
}
