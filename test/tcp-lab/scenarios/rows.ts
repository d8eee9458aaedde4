/** What scenarios ask of rows, and how they name them. */
import type { Connection, Endpoint } from '../../../src-shared/model/connection.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import type { Ends } from './trouble.ts'

export const endpointText = ({ address, port }: Endpoint): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)

export const endsText = ({ local, remote }: Ends): string =>
  remote === undefined ? endpointText(local) : `${endpointText(local)} ${endpointText(remote)}`

export const turned = ({ local, remote }: Required<Ends>): Required<Ends> => ({ local: remote, remote: local })

/** Of the rows in `state`, those that have been in it for so long, as far as anybody saw. */
export function agedIn(state: TcpState, ageMs: number, rows: readonly Connection[], now: number): readonly Connection[] {
  return rows.filter((row) => row.state === state && now - Date.parse(row.stateSinceAt ?? row.firstSeenAt) >= ageMs)
}
