import { each, join, startServer } from './connections.ts'
import { repeat } from './repeat.ts'
import type { Trouble } from './trouble.ts'

const silent = 4
/** The kernel's times of data are right to a second: what is in use must not look idle by that. */
const thresholds = { 'idle-age': 3000 }

export const silentConnections: Trouble = {
  name: 'silent-connections',
  title: 'Open connections that nobody uses or checks',
  about: 'Nothing is sent, and no keepalive asks whether the peer is still there: should it vanish, nobody would ever know.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { listener } = await startServer(server, family)
    const program = await client.peer()
    const to = { from: program, to: listener, host: pair.serverAddress(family, 1) }
    let joined: Awaited<ReturnType<typeof join>> = []
    return {
      watched: client,
      thresholds,
      ladder: [
        `${silent} connections without keepalive fall silent`,
        'two more have keepalive, and two are used',
        'the usual threshold is two hours: --quick makes it seconds',
      ],
      begin: async () => {
        joined = await join({ ...to, count: silent })
        const checked = await join({ ...to, count: 2 })
        const used = await join({ ...to, count: 2 })
        await each([...joined, ...checked], ({ client: socket }) => socket.write(10))
        await each(checked, ({ client: socket }) => socket.setKeepAlive({ idle: 60, interval: 10, count: 3 }))
        await each([...joined, ...checked, ...used], ({ server: socket }) => socket.setReading(true))
        repeat(() => each(used, ({ client: socket }) => socket.write(10)), 200)
      },
      reached: (rows, now) =>
        rows.some(({ timer, lastSentAt = '' }) => timer === undefined && now - Date.parse(lastSentAt) >= thresholds['idle-age']),
      expected: () => ({
        rule: 'idle-without-keepalive',
        severity: 'notice',
        pid: program.pid,
        evidence: joined.map(({ ends }) => ends),
        figures: { rows: [silent, silent], 'oldest-age': [thresholds['idle-age'], 60_000] },
        facts: { timer: 'none' },
      }),
      cure: () => each(joined, ({ client: socket }) => socket.setKeepAlive({ idle: 60, interval: 10, count: 3 })),
    }
  },
}
