import { connectionChurn } from './connection-churn.ts'
import { droppedLink } from './dropped-link.ts'
import { exposedDatabase } from './exposed-database.ts'
import { fanOutScan } from './fan-out-scan.ts'
import { fewPorts } from './few-ports.ts'
import { fullAcceptQueue } from './full-accept-queue.ts'
import { fullDescriptors } from './full-descriptors.ts'
import { leakingServer } from './leaking-server.ts'
import { lossyPath } from './lossy-path.ts'
import { finWait1Pile, lastAckPile } from './piles.ts'
import { specificOverGeneral, twoFamilies, twoOfOneName } from './port-conflicts.ts'
import { silentConnections } from './silent-connections.ts'
import { stalledReader, stalledSender } from './stalled-reader.ts'
import { stuckFinWait2 } from './stuck-fin-wait-2.ts'
import { refusedSyns, synCookies, synFlood } from './syn-flood.ts'
import type { Trouble } from './trouble.ts'
import { noRoute, unreachableHost } from './unreachable-host.ts'

export const troubles: readonly Trouble[] = [
  leakingServer,
  unreachableHost,
  noRoute,
  fanOutScan,
  synFlood,
  synCookies,
  refusedSyns,
  fullAcceptQueue,
  fewPorts,
  stuckFinWait2,
  finWait1Pile,
  lastAckPile,
  droppedLink,
  silentConnections,
  stalledReader,
  stalledSender,
  connectionChurn,
  fullDescriptors,
  twoFamilies,
  specificOverGeneral,
  twoOfOneName,
  exposedDatabase,
  lossyPath,
]
