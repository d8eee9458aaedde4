import type { Trouble } from './trouble.ts'

/** Redis, which asks for no password in its usual configuration. */
const port = 6379

export const exposedDatabase: Trouble = {
  name: 'exposed-database',
  title: 'A database that listens to everyone',
  about: 'A service that trusts whoever reaches it listens on an address of the network instead of loopback.',
  prepare: async (lab) => {
    const pair = await lab.pair()
    const { server } = pair
    const program = await server.peer()
    const local = { address: pair.serverAddress(4, 1), port }
    let listener: Awaited<ReturnType<typeof program.listen>> | undefined
    return {
      watched: server,
      thresholds: {},
      ladder: [`a program listens on ${local.address} port ${port}, as a Redis for all would`, 'another listens on 127.0.0.1 only'],
      begin: async () => {
        await program.listen({ family: 4, address: '127.0.0.1', port })
        listener = await program.listen({ family: 4, address: local.address, port })
      },
      reached: (rows) => rows.some((row) => row.state === 'LISTEN' && row.local.address === local.address),
      expected: () => ({
        rule: 'exposed-listener',
        severity: 'warning',
        pid: program.pid,
        local,
        evidence: [{ local }],
        figures: {},
        facts: { service: 'redis' },
      }),
      cure: async () => listener?.close(),
    }
  },
}
