import { each, join, startServer } from './connections.ts'
import { agedIn } from './rows.ts'
import type { Trouble } from './trouble.ts'

const stuck = 6
const thresholds = { 'fin-wait-2-count': 5, 'fin-wait-2-age': 1000 }

export const stuckFinWait2: Trouble = {
  name: 'stuck-fin-wait-2',
  title: 'Closed by us, never by the other side',
  about:
    'The client shut its direction down and waits for the end of the other one, which the server never closes. Both run on this machine.',
  prepare: async (lab, family) => {
    const host = family === 4 ? '127.0.0.1' : '::1'
    const machine = lab.loopback()
    const { program: server, listener } = await startServer(machine, family, { address: host, port: 7000 })
    const client = await machine.peer()
    const joined = await join({ from: client, to: listener, host, count: stuck })
    return {
      watched: machine,
      thresholds,
      ladder: [
        `${stuck} connections over loopback`,
        'the client calls shutdown(SHUT_WR) and keeps its sockets',
        'the server does not close',
      ],
      begin: () => each(joined, ({ client: socket }) => socket.end()),
      reached: (rows, now) => agedIn('FIN_WAIT_2', thresholds['fin-wait-2-age'], rows, now).length >= thresholds['fin-wait-2-count'],
      expected: () => ({
        rule: 'fin-wait-2-stuck',
        severity: 'warning',
        pid: client.pid,
        otherPids: [server.pid],
        evidence: joined.map(({ ends }) => ends),
        figures: { rows: [stuck, stuck], 'oldest-age': [thresholds['fin-wait-2-age'], 60_000] },
      }),
      cure: () => each(joined, ({ server: socket }) => socket.close()),
    }
  },
}
