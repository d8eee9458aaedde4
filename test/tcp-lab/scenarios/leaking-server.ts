import { each, join, startServer } from './connections.ts'
import { agedIn, turned } from './rows.ts'
import type { Trouble } from './trouble.ts'

const leaked = 12
const thresholds = { 'close-wait-count': 10, 'close-wait-age': 1000 }

export const leakingServer: Trouble = {
  name: 'leaking-server',
  title: 'A server that never closes what its clients closed',
  about: 'The program forgets close() after read() told it the end, as with a lost connection object. Every client leaves a CLOSE_WAIT.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { program, listener } = await startServer(server, family)
    const clients = await client.peer()
    const host = pair.serverAddress(family, 1)
    const gone = await join({ from: clients, to: listener, host, count: leaked })
    await join({ from: clients, to: listener, host, count: 3 })
    return {
      watched: server,
      thresholds,
      ladder: [`${leaked + 3} clients connect`, `${leaked} of them close: their FIN arrives`, 'the server does not call close()'],
      begin: () => each(gone, ({ client: socket }) => socket.close()),
      reached: (rows, now) => agedIn('CLOSE_WAIT', thresholds['close-wait-age'], rows, now).length >= thresholds['close-wait-count'],
      expected: () => ({
        rule: 'close-wait-leak',
        severity: 'warning',
        pid: program.pid,
        evidence: gone.map(({ ends }) => turned(ends)),
        figures: { rows: [leaked, leaked], 'oldest-age': [thresholds['close-wait-age'], 60_000] },
      }),
      cure: () => each(gone, ({ server: socket }) => socket.close()),
    }
  },
}
