import type { Lab } from '../network/lab.ts'
import type { Family } from '../network/pair.ts'
import { each, join, startServer } from './connections.ts'
import { agedIn, turned } from './rows.ts'
import type { Stage, Trouble } from './trouble.ts'

const count = 24
const thresholds = { 'pile-count': 20, 'pile-age': 1000 }

export const finWait1Pile: Trouble = {
  name: 'fin-wait-1-pile',
  title: 'FINs that nobody acknowledges, sent first',
  about: 'The path to the peers breaks just when our side closes: the kernel repeats each FIN for minutes, also without a program.',
  prepare: (lab, family) => preparePile(lab, family, 'FIN_WAIT_1'),
}

export const lastAckPile: Trouble = {
  name: 'last-ack-pile',
  title: 'FINs that nobody acknowledges, sent second',
  about: 'The clients close and vanish, as when a load test is cut off; the server closes too, and its FINs reach nobody.',
  prepare: (lab, family) => preparePile(lab, family, 'LAST_ACK'),
}

/** Half of the sockets keep their program, the others are closed and left to the kernel. */
async function preparePile(lab: Lab, family: Family, state: 'FIN_WAIT_1' | 'LAST_ACK'): Promise<Stage> {
  const pair = await lab.pair()
  const { server, client } = pair
  const { program, listener } = await startServer(server, family)
  const clients = await client.peer()
  const joined = await join({
    from: clients,
    to: listener,
    host: pair.serverAddress(family, 1),
    count,
    localAddress: pair.clientAddress(family, 1),
  })
  const first = state === 'FIN_WAIT_1'
  const direction = first ? 'to-server' : 'to-client'
  return {
    watched: first ? client : server,
    thresholds,
    ladder: [
      ...(first ? [] : [`${count} clients close`]),
      `what is sent ${first ? 'to the server' : 'to the clients'} is lost`,
      `the ${first ? 'client' : 'server'} closes ${count} connections`,
    ],
    begin: async () => {
      if (!first) await each(joined, ({ client: socket }) => socket.end())
      pair.cut(direction, family, 1)
      await each(joined, async ({ client: ours, server: theirs }) => {
        const socket = first ? ours : theirs
        await (ours.local.port % 4 < 2 ? socket.end() : socket.close())
      })
    },
    reached: (rows, now) => agedIn(state, thresholds['pile-age'], rows, now).length >= thresholds['pile-count'],
    expected: () => ({
      rule: first ? 'fin-wait-1-pile' : 'last-ack-pile',
      severity: 'warning',
      // Also of the connections that it closed: nobody else ever had them.
      pid: first ? clients.pid : program.pid,
      evidence: joined.map(({ ends }) => (first ? ends : turned(ends))),
      figures: { rows: [count, count], 'oldest-age': [thresholds['pile-age'], 60_000], retransmits: [count, 1000] },
    }),
    cure: async () => pair.heal(direction, family, 1),
  }
}
