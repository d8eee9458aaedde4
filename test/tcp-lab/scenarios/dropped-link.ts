import { each, join, startServer } from './connections.ts'
import type { Trouble } from './trouble.ts'

const broken = 3
const thresholds = { 'half-open-retransmits': 3 }

export const droppedLink: Trouble = {
  name: 'dropped-link',
  title: 'A peer that is no longer there',
  about: 'The link drops, and no FIN or RST says so: the connection stays ESTABLISHED, and what is written is sent again and again.',
  prepare: async (lab, family) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { listener } = await startServer(server, family)
    const program = await client.peer()
    const joined = await join({
      from: program,
      to: listener,
      host: pair.serverAddress(family, 1),
      count: broken,
      localAddress: pair.clientAddress(family, 1),
    })
    const whole = await join({
      from: program,
      to: listener,
      host: pair.serverAddress(family, 2),
      count: 2,
      localAddress: pair.clientAddress(family, 2),
    })
    await each([...joined, ...whole], ({ server: socket }) => socket.setReading(true))
    return {
      watched: client,
      thresholds,
      ladder: [`${broken} connections are open`, 'the link drops in both directions', 'the client writes a few bytes to each'],
      begin: async () => {
        pair.cut('to-server', family, 1)
        pair.cut('to-client', family, 1)
        await each([...joined, ...whole], ({ client: socket }) => socket.write(100))
      },
      reached: (rows) =>
        rows.some(({ state, unanswered = 0 }) => state === 'ESTABLISHED' && unanswered >= thresholds['half-open-retransmits']),
      expected: () => ({
        rule: 'half-open',
        severity: 'warning',
        pid: program.pid,
        evidence: joined.map(({ ends }) => ends),
        figures: { rows: [broken, broken], retransmits: [thresholds['half-open-retransmits'], 20] },
      }),
      cure: async () => {
        pair.heal('to-client', family, 1)
        pair.heal('to-server', family, 1)
      },
    }
  },
}
