/** Stories of connections for the tests of their explanation. */
import type { ConnectionStory } from '../../src-shared/contract/story.ts'
import type { Connection } from '../../src-shared/model/connection.ts'
import type { TcpState } from '../../src-shared/model/tcp-state.ts'

export const storyNow = 1_795_161_600_000

export interface StoryInput extends Partial<Omit<ConnectionStory, 'connection'>> {
  readonly state?: TcpState
  /** Milliseconds in the state; absent: unknown since when, seen for a minute. */
  readonly ageMs?: number
  readonly row?: Partial<Connection>
}

/** A client `curl` towards 198.51.100.3:443, unless told otherwise. */
export function buildStory({ state, ageMs, row = {}, ...more }: StoryInput): ConnectionStory {
  const connection: Connection = {
    id: 'c0000000000000001',
    protocol: 'tcp',
    family: 'ipv4',
    local: { address: '192.0.2.1', port: 40_000 },
    remote: { address: '198.51.100.3', port: 443 },
    owners: [{ pid: 42, name: 'curl' }],
    visibility: 'full',
    firstSeenAt: new Date(storyNow - 60_000).toISOString(),
    ...(state === undefined ? {} : { state }),
    ...(ageMs === undefined ? {} : { stateSinceAt: new Date(storyNow - ageMs).toISOString() }),
    ...row,
  }
  return { connection, takenAt: storyNow, path: state === undefined ? [] : [{ state }], ...more }
}
