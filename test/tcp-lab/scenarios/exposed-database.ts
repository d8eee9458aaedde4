import type { Trouble } from './trouble.ts'

/** Redis and Memcached, which ask for no password in their usual configuration. */
const port = 6379
const harmlessPort = 11_211

export const exposedDatabase: Trouble = {
  name: 'exposed-database',
  title: 'A database that listens to everyone',
  about: 'A service that trusts whoever reaches it listens on every address instead of loopback.',
  prepare: async (lab, family) => {
    const { server } = await lab.pair()
    const program = await server.peer()
    const [everywhere, loopback] = family === 4 ? ['0.0.0.0', '127.0.0.1'] : ['::', '::1']
    const local = { address: everywhere, port }
    let listener: Awaited<ReturnType<typeof program.listen>> | undefined
    return {
      watched: server,
      thresholds: {},
      ladder: [
        `a program listens on every address at port ${port}, as Redis does`,
        `and on ${loopback} at port ${harmlessPort}, as Memcached should`,
      ],
      begin: async () => {
        await program.listen({ family, address: loopback, port: harmlessPort })
        listener = await program.listen({ family, port })
      },
      reached: (rows) => rows.some((row) => row.state === 'LISTEN' && row.local.port === port),
      expected: () => ({
        rule: 'exposed-listener',
        severity: 'warning',
        pid: program.pid,
        local,
        evidence: [{ local }],
        figures: {},
        facts: { service: 'Redis', 'address-scope': 'any' },
      }),
      cure: async () => listener?.close(),
    }
  },
}
