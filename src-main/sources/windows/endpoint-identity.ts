import { mixPair } from '../../table/identity-index.ts'
import { writeTupleIdentity } from '../../table/tuple-identity.ts'

/**
 * Writes the identity of an endpoint of Windows: its tuple, and what tells apart sockets that may share one (zones; owner and creation,
 * 0 where they do not count).
 */
export function writeEndpointIdentity(record: Uint32Array, scopes: number, pid: number, mark: number): void {
  writeTupleIdentity(record, mixPair(mixPair(scopes, pid), mark))
}
