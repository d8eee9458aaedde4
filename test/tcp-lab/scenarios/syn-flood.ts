import type { PeerSocket } from '../network/peer.ts'
import { startServer } from './connections.ts'
import type { Lab } from '../network/lab.ts'
import type { Family } from '../network/pair.ts'
import { agedIn } from './rows.ts'
import type { Stage, Trouble } from './trouble.ts'

const sources = 5
const callsPerSource = 4
const thresholds = { 'syn-received-share': 0.5 }
/** The first repetition of a SYN/ACK (RFC 6298): by then a client that is there has answered. */
const unansweredMs = 1000
/** Fewer are no flood, however small the backlog. */
const minimumUnanswered = 8

export const synFlood: Trouble = {
  name: 'syn-flood',
  title: 'A listener’s half-open connections pile up',
  about: 'SYNs come from many addresses, and the answers reach nobody: a SYN flood, or a path that loses what the server sends.',
  prepare: (lab, family) => prepareFlood(lab, family, { backlog: 32, cookies: true }),
}

export const synCookies: Trouble = {
  name: 'syn-cookies',
  title: 'The backlog is full, and the system answers with SYN cookies',
  about:
    'More half-open connections than the backlog takes: from then on Linux keeps nothing of a call and puts it into its sequence number.',
  prepare: (lab, family) => prepareFlood(lab, family, { backlog: 8, cookies: true }),
}

export const refusedSyns: Trouble = {
  name: 'refused-syns',
  title: 'The backlog is full, and the system drops what comes',
  about: 'Half-open connections fill the backlog, and SYN cookies are switched off: clients that are well get no answer either.',
  prepare: (lab, family) => prepareFlood(lab, family, { backlog: 8, cookies: false }),
}

interface Flood {
  readonly backlog: number
  /** net.ipv4.tcp_syncookies */
  readonly cookies: boolean
}

async function prepareFlood(lab: Lab, family: Family, { backlog, cookies }: Flood): Promise<Stage> {
  const pair = await lab.pair()
  const { server, client } = pair
  server.setSetting('net.ipv4.tcp_syncookies', cookies ? 1 : 0)
  const { program } = await startServer(server, family, { port: 7000, backlog })
  const clients = await client.peer()
  const calls = sources * callsPerSource
  const sendsCookies = cookies && backlog < calls
  /** Of the calls, the first to come; later ones are answered with a cookie, or not at all, and forgotten. */
  let held = 0
  const callers: PeerSocket[] = []
  const indexes = Array.from({ length: sources }, (_, at) => at + 1)
  const local = { address: pair.serverAddress(family, 1), port: 7000 }
  return {
    watched: server,
    // SyncookiesSent is a counter: that it rose is told for so long.
    rememberedSeconds: sendsCookies ? 12 : 0,
    thresholds,
    ladder: [`the server listens with a backlog of ${backlog}`, `${calls} SYNs come from ${sources} addresses`, 'its SYN/ACKs are lost'],
    begin: async () => {
      for (const index of indexes) pair.cut('to-client', family, index)
      for (const index of indexes)
        callers.push(
          ...(await clients.connectMany(callsPerSource, {
            family,
            host: local.address,
            port: local.port,
            localAddress: pair.clientAddress(family, index),
            waits: false,
          })),
        )
    },
    reached: (rows, now) => {
      held = rows.filter(({ state }) => state === 'SYN_RECEIVED').length
      // With cookies the finding need not wait: the queue is full as soon as one is sent.
      if (sendsCookies && held >= backlog) return true
      return (
        agedIn('SYN_RECEIVED', unansweredMs, rows, now).length >= Math.max(minimumUnanswered, backlog * thresholds['syn-received-share'])
      )
    },
    expected: () => ({
      rule: 'syn-received-flood',
      severity: cookies ? 'warning' : 'critical',
      pid: program.pid,
      evidence: callers.slice(0, held).map((caller) => ({ local, remote: caller.local })),
      figures: {
        // From Linux 6.17 on one more than the backlog is held.
        rows: [Math.min(calls, backlog), Math.min(calls, backlog + 1)],
        backlog: [backlog, backlog],
        hosts: [Math.ceil(held / callsPerSource), sources],
        ...(sendsCookies ? { 'syn-cookies': [1, 1000] } : {}),
      },
    }),
    cure: async () => {
      for (const index of indexes) pair.heal('to-client', family, index)
    },
  }
}
