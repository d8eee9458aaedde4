/** Names of remote addresses and of ports, brought into the mirror before a filter or a column asks for them. */
import type { Api } from '../../src-shared/contract/api.ts'
import { maximumAddressesPerCall } from '../../src-shared/contract/names.ts'
import { succeed, type Result } from '../../src-shared/contract/result.ts'
import { hasRemote, remoteAddressText } from '../../src-shared/model/connection.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { ServiceNames } from '../../src-shared/model/service-names.ts'

/** A person waits; what no resolver has told by then is shown without a name. */
const patienceMs = 8000
const askAgainMs = 150

export interface NamesWanted {
  /** Ask the resolver for host names; else only this machine's own data. */
  readonly hosts: boolean
  readonly now: () => number
  readonly wait: (delayMs: number) => Promise<void>
}

export async function learnNames(api: Api, mirror: RowMirror, { hosts, now, wait }: NamesWanted): Promise<Result<undefined>> {
  if (hosts) {
    const chosen = await api.call('changeSettings', { reverseNames: 'all' }) // of this run's own engine, kept nowhere
    if (!chosen.ok) return chosen
  }
  let unknown = remoteAddresses(mirror)
  for (const giveUpAt = now() + patienceMs; unknown.length > 0;) {
    const pending = await learn(api, mirror, unknown)
    if (!pending.ok) return pending
    unknown = pending.value
    if (unknown.length === 0 || now() >= giveUpAt) break
    await wait(askAgainMs)
  }
  return succeed(undefined)
}

/** What ports are registered for; asks nobody outside. */
export async function learnServices(api: Api, mirror: RowMirror): Promise<Result<undefined>> {
  const answer = await api.call('getServiceNames', undefined)
  if (!answer.ok) return answer
  mirror.names.services = new ServiceNames(answer.value)
  return succeed(undefined)
}

/** Those that are still being looked up. */
async function learn(api: Api, mirror: RowMirror, addresses: readonly string[]): Promise<Result<string[]>> {
  const pending: string[] = []
  for (let at = 0; at < addresses.length; at += maximumAddressesPerCall) {
    const answer = await api.call('getNames', { addresses: addresses.slice(at, at + maximumAddressesPerCall) })
    if (!answer.ok) return answer
    for (const { address, pending: isPending, ...about } of answer.value.names) {
      mirror.names.learn(address, about)
      if (isPending === true) pending.push(address)
    }
  }
  return succeed(pending)
}

function remoteAddresses(mirror: RowMirror): string[] {
  const addresses = new Set<string>()
  for (const slot of mirror.liveSlots()) if (hasRemote(mirror, slot)) addresses.add(remoteAddressText(mirror, slot))
  return [...addresses]
}
