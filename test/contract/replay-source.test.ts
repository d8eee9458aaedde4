import type { Connection } from '../../src-shared/model/connection.ts'
import { parseListing } from '../../src-main/sources/replay/parse-listing.ts'
import { createReplaySource } from '../../src-main/sources/replay/replay-source.ts'
import { describedWorld, type NumberedSocket } from './described-world.ts'
import { describeSourceContract } from './source-contract.ts'

const firstSeenAt = '2026-11-21T04:00:00.000Z'

function listingWorld() {
  return describedWorld((system) => ({
    source: createReplaySource(() => {
      if (system.broken === 'everything') return { ok: false, trouble: { kind: 'missing' } }
      const listing = parseListing(system.sockets.map((socket) => `${JSON.stringify(entryOf(socket))}\n`).join(''))
      return listing.ok ? listing : { ok: false, trouble: { kind: 'no-listing' } }
    }),
    tells: { pid: true, v4Mapped: true, udpPeer: true, successor: true, unanswered: false, segments: false },
    breakable: ['everything'],
  }))
}

function entryOf({ serial, pid, ...socket }: NumberedSocket): Connection {
  return { id: `c${serial.toString(16).padStart(16, '0')}`, ...socket, owners: [{ pid, name: 'test' }], visibility: 'full', firstSeenAt }
}

describeSourceContract('replay of a saved listing', listingWorld)
