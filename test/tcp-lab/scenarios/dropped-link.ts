import { each, join, startServer } from './connections.ts'
import type { Trouble } from './trouble.ts'

const broken = 3
const thresholds = { 'half-open-retransmits': 3 }

export const droppedLink: Trouble = {
  name: 'dropped-link',
  title: 'A peer that is no longer there',
  about: 'The link drops, and no FIN or RST says so: the connection stays ESTABLISHED, and what is written is sent again and again.',
  prepare: async (lab) => {
    const pair = await lab.pair()
    const { server, client } = pair
    const { listener } = await startServer(server)
    const program = await client.peer()
    const joined = await join({ from: program, to: listener, host: pair.serverAddress(4, 1), count: broken, localAddress: '10.231.0.101' })
    const whole = await join({ from: program, to: listener, host: pair.serverAddress(4, 2), count: 2, localAddress: '10.231.0.102' })
    await each([...joined, ...whole], ({ server: socket }) => socket.setReading(true))
    return {
      watched: client,
      thresholds,
      ladder: [`${broken} connections are open`, 'the link drops in both directions', 'the client writes a few bytes to each'],
      begin: async () => {
        pair.cut('to-server', 4, 1)
        pair.cut('to-client', 4, 1)
        await each([...joined, ...whole], ({ client: socket }) => socket.write(100))
      },
      reached: (rows) =>
        rows.filter(({ state, retransmits = 0 }) => state === 'ESTABLISHED' && retransmits >= thresholds['half-open-retransmits']).length >=
        broken,
      expected: () => ({
        rule: 'half-open',
        severity: 'warning',
        pid: program.pid,
        evidence: joined.map(({ ends }) => ends),
        figures: { rows: [broken, broken], retransmits: [thresholds['half-open-retransmits'], 20] },
      }),
      cure: async () => {
        pair.heal('to-client', 4, 1)
        pair.heal('to-server', 4, 1)
      },
    }
  },
}
