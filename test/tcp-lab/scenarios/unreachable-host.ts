import type { PeerSocket } from '../network/peer.ts'
import type { Lab } from '../network/lab.ts'
import type { Family } from '../network/pair.ts'
import { startServer } from './connections.ts'
import { agedIn } from './rows.ts'
import type { Stage, Trouble } from './trouble.ts'

const calls = 5
const thresholds = { 'syn-sent-count': 3, 'syn-sent-age': 1000 }
/** What Linux gives a device with an address of this length by itself. */
const routes = { 4: ['10.231.0.0/24', 'dev', 'lab0'], 6: ['fd00:231::/64', 'dev', 'lab0'] }

export const unreachableHost: Trouble = {
  name: 'unreachable-host',
  title: 'Calls to a host from which nothing comes back',
  about: 'The host is down, the address is wrong, or a firewall drops the calls: SYN_SENT until connect() gives up after two minutes.',
  prepare: (lab, family) => prepareCalls(lab, family, 'keep-route'),
}

export const noRoute: Trouble = {
  name: 'no-route',
  title: 'The route goes away while calls wait',
  about: 'A tunnel or a network card goes down: the SYNs that are to be repeated have no way out any more.',
  prepare: (lab, family) => prepareCalls(lab, family, 'lose-route'),
}

async function prepareCalls(lab: Lab, family: Family, what: 'keep-route' | 'lose-route'): Promise<Stage> {
  const pair = await lab.pair()
  const { server, client } = pair
  await startServer(server, family)
  const program = await client.peer()
  const remote = { address: pair.serverAddress(family, 1), port: 7000 }
  let called: readonly PeerSocket[] = []
  return {
    watched: client,
    thresholds,
    ladder: [
      'what is sent to the server is lost',
      `${calls} calls begin: SYN, and no SYN/ACK`,
      ...(what === 'lose-route' ? ['the route to the server is removed'] : []),
    ],
    begin: async () => {
      pair.cut('to-server', family, 1)
      called = await program.connectMany(calls, { family, host: remote.address, port: remote.port, waits: false })
      if (what === 'lose-route') client.ip(['route', 'del', ...routes[family]])
    },
    reached: (rows, now) => agedIn('SYN_SENT', thresholds['syn-sent-age'], rows, now).length >= thresholds['syn-sent-count'],
    expected: () => ({
      rule: 'syn-sent-stalled',
      severity: 'warning',
      pid: program.pid,
      remote,
      evidence: called.map(({ local }) => ({ local, remote })),
      figures: { rows: [calls, calls], 'oldest-age': [thresholds['syn-sent-age'], 60_000] },
      facts: { route: what === 'lose-route' ? 'absent' : 'present' },
    }),
    cure: async () => {
      if (what === 'lose-route') client.ip(['route', 'add', ...routes[family]])
      pair.heal('to-server', family, 1)
    },
  }
}
