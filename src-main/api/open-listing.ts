/** A saved listing in place of this machine: only what looks at rows is answered, and nothing of the system is touched. */
import type { Api } from '../../src-shared/contract/api.ts'
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts'
import type { AddressNames, ServiceNameList } from '../../src-shared/contract/names.ts'
import { fail, succeed, type Result } from '../../src-shared/contract/result.ts'
import type { EngineStatus } from '../../src-shared/contract/status.ts'
import { addressText } from '../../src-shared/model/address.ts'
import type { KnownAbout } from '../../src-shared/model/known-names.ts'
import type { ListedConnection, SkippedEntry } from '../sources/replay/parse-listing.ts'
import { readListing, readListingStream, type ListingTrouble } from '../sources/replay/read-listing.ts'
import { createReplaySource } from '../sources/replay/replay-source.ts'
import { packChangeSet } from '../table/pack-change-set.ts'
import { RowTable } from '../table/row-table.ts'

export type OpenedListing =
  | { readonly ok: true; readonly api: Api; readonly skipped: readonly SkippedEntry[] }
  | { readonly ok: false; readonly trouble: ListingTrouble }

/**
 * Reads the file, or what comes in, once and to its end. `now` in Unix milliseconds. `services` tells names of ports, which come with
 * the program; names of addresses are those of the listing.
 */
export async function openListing(
  from: string | AsyncIterable<Buffer>,
  now: () => number,
  services: () => ServiceNameList,
): Promise<OpenedListing> {
  const listing = typeof from === 'string' ? readListing(from) : await readListingStream(from)
  if (!listing.ok) return listing
  const source = createReplaySource(() => listing).open()
  if ('unusable' in source) return { ok: false, trouble: { kind: 'no-listing' } }
  const table = new RowTable({ sessionBase: 'listing' })

  const look = (): EngineStatus => {
    table.begin(now())
    const outcome = source.look(table)
    if (outcome.ok) table.finish(outcome.unread)
    return status()
  }
  const status = (): EngineStatus => ({
    session: table.session,
    sequence: table.sequence,
    takenAt: table.takenAt,
    intervalMs: 0,
    rows: table.count,
    tickMs: 0,
    source: source.id,
    problems: [], // what was skipped is told with the listing, entry by entry
  })
  const known = new Map(listing.connections.flatMap(namesOf))
  const answer = (name: CallName, input: unknown): Result<unknown> => {
    if (name === 'refresh') return succeed(look())
    if (name === 'getStatus') return succeed(status())
    if (name === 'getChanges') return succeed(packChangeSet(table, input as InputOf<'getChanges'>))
    if (name === 'getServiceNames') return succeed(services())
    if (name === 'getNames') {
      const { addresses } = input as InputOf<'getNames'>
      const told = addresses.flatMap((address): AddressNames[] => {
        const about = known.get(address)
        return about === undefined ? [] : [{ address, ...about }]
      })
      return succeed({ names: told })
    }
    return fail('not-allowed', `A saved listing does not answer ${name}.`)
  }
  return {
    ok: true,
    skipped: listing.skipped,
    api: {
      call: <Name extends CallName>(name: Name, input: InputOf<Name>) => Promise.resolve(answer(name, input) as Result<OutputOf<Name>>),
      on: () => () => {},
    },
  }
}

/** By the address as rows write it, which need not be how the listing does. */
function namesOf({ told: { family, remoteNames }, remote }: ListedConnection): (readonly [string, KnownAbout])[] {
  const [word0 = 0, word1 = 0, word2 = 0, word3 = 0] = remote
  return remoteNames === undefined ? [] : [[addressText(family === 'ipv6' ? 6 : 4, word0, word1, word2, word3), remoteNames]]
}
