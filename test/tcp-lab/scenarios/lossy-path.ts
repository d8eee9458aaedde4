import { wait } from '../../live/engine/engine-under-test.ts'
import { each, join, startServer } from './connections.ts'
import { repeat } from './repeat.ts'
import type { Trouble } from './trouble.ts'

const windowMs = 3000
const thresholds = { 'retransmit-share': 0.05, 'retransmit-window': windowMs }
const lossy = 3
const pieceBytes = 6000
const betweenPiecesMs = 20
/** The path drops everything for a moment, and again: netem, which drops one segment in so many, is not on every kernel. */
const brokenMs = 15
const wholeMs = 150

export const lossyPath: Trouble = {
  name: 'lossy-path',
  title: 'A path that loses segments',
  about: 'A bad cable, an overloaded link or a crowded radio channel: data arrives late, because part of it has to be sent again.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { listener } = await startServer(server, family)
    const program = await client.peer()
    const joined = await join({
      from: program,
      to: listener,
      host: pair.serverAddress(family, 1),
      count: lossy,
      localAddress: pair.clientAddress(family, 1),
    })
    const clean = await join({
      from: program,
      to: listener,
      host: pair.serverAddress(family, 2),
      count: 2,
      localAddress: pair.clientAddress(family, 2),
    })
    const all = [...joined, ...clean]
    await each(all, ({ server: socket }) => socket.setReading(true))
    let stop: (() => void) | undefined
    let since: number | undefined
    return {
      watched: client,
      thresholds,
      ladder: ['the client sends all the time to two addresses', `the path to the first of them breaks for ${brokenMs} ms again and again`],
      begin: async () => {
        repeat(() => each(all, ({ client: socket }) => socket.write(pieceBytes)), betweenPiecesMs)
        stop = repeat(async () => {
          pair.cut('to-server', family, 1)
          await wait(brokenMs)
          pair.heal('to-server', family, 1)
        }, wholeMs)
      },
      reached: (rows, now) => {
        const repeating = rows.filter(({ retransmits = 0 }) => retransmits > 0)
        if (repeating.length > 0) since ??= now
        const isStorm = repeating.some(
          ({ retransmits = 0, segmentsSent = 0 }) => retransmits >= segmentsSent * thresholds['retransmit-share'],
        )
        return isStorm && since !== undefined && now - since >= windowMs
      },
      expected: () => ({
        rule: 'retransmission-storm',
        severity: 'warning',
        pid: program.pid,
        evidence: joined.map(({ ends }) => ends),
        figures: { 'retransmit-share': [0.05, 0.9] },
      }),
      cure: async () => stop?.(),
    }
  },
}
