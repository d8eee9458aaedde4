/** PTR questions to the resolvers of this machine, beside the thread pool that file work uses: nothing else waits for them. */
import { Resolver } from 'node:dns/promises'

/** Of one try; a resolver that is there answers within a second even for names it has to fetch. */
const timeoutMs = 2000
const tries = 2
/** The list of servers is read when a resolver is made: after this it is read anew, since machines change networks. */
const renewAfterMs = 60_000

export interface SystemResolverOptions {
  readonly steadyNow: () => number
  /** `address:port` each, in place of the machine's own. */
  readonly servers?: readonly string[]
}

export function createSystemResolver({ steadyNow, servers }: SystemResolverOptions): (address: string) => Promise<readonly string[]> {
  let resolver: Resolver | undefined
  let madeAt = 0
  return (address) => {
    if (resolver === undefined || steadyNow() - madeAt >= renewAfterMs) {
      resolver = new Resolver({ timeout: timeoutMs, tries })
      if (servers !== undefined) resolver.setServers(servers)
      madeAt = steadyNow()
    }
    return resolver.reverse(address)
  }
}
