/** The facts of one connection as its explanation needs them; no words. */
import type { KernelSettingId } from '../../contract/network.ts'
import type { ConnectionStory } from '../../contract/story.ts'
import { endpointText } from '../../model/address.ts'
import type { Connection, Owner } from '../../model/connection.ts'
import type { TcpState } from '../../model/tcp-state.ts'

/** Values in force by id, in the unit of the setting; those not known are missing. */
export type SettingValues = ReadonlyMap<KernelSettingId, readonly number[]>

/** Who holds this end. nobody: the process let go and the kernel finishes alone. kernel: no program has it yet; it is for the owner. */
export type Holder =
  | { readonly kind: 'process'; readonly owner: Owner; readonly others: number }
  | { readonly kind: 'nobody'; readonly lastOwner?: Owner }
  | { readonly kind: 'kernel'; readonly owner?: Owner }
  | { readonly kind: 'hidden' | 'unknown' }

export interface Situation {
  readonly story: ConnectionStory
  readonly connection: Connection
  readonly state: TcpState | undefined
  /** `process.platform` of the machine. */
  readonly platform: string
  readonly settings: SettingValues
  readonly holder: Holder
  /** Milliseconds in this state, and whether that is only the least it can be. */
  readonly ageMs: number
  readonly ageIsLeast: boolean
  /** Milliseconds since data last came or went; absent where the system does not tell. */
  readonly idleMs: number | undefined
  /** Milliseconds since data last came. */
  readonly receivedAgoMs: number | undefined
  /** Milliseconds since data last went. */
  readonly sentAgoMs: number | undefined
  /** The other endpoint is this machine's. */
  readonly isLocal: boolean
  /** One process holds both ends: its name alone would not tell which end acts. */
  readonly isOwnPeer: boolean
  readonly local: string
  /** Empty without a peer. */
  readonly remote: string
}

/** `now` is Unix milliseconds. */
export function situationOf(story: ConnectionStory, platform: string, settings: SettingValues, now: number): Situation {
  const { connection } = story
  const { state, stateSinceAt, firstSeenAt, createdAt, local, remote } = connection
  const since = stateSinceAt ?? (state === 'LISTEN' ? createdAt : undefined)
  return {
    story,
    connection,
    state,
    platform,
    settings,
    holder: holderOf(connection),
    ageMs: Math.max(0, now - Date.parse(since ?? firstSeenAt)),
    ageIsLeast: since === undefined,
    idleMs: idleTime(connection, now),
    receivedAgoMs: agoOf(connection.lastReceivedAt, now),
    sentAgoMs: agoOf(connection.lastSentAt, now),
    isLocal: story.peer !== undefined || remote?.address === '::1' || remote?.address.startsWith('127.') === true,
    isOwnPeer: connection.owners.some((owner) => story.peer?.owners.some((other) => isSameProcess(owner, other)) === true),
    local: endpointText(local.address, local.port),
    remote: remote === undefined ? '' : endpointText(remote.address, remote.port),
  }
}

/** The first value of a setting. */
export function settingOf({ settings }: Situation, id: KernelSettingId): number | undefined {
  return settings.get(id)?.[0]
}

function holderOf({ owners, visibility }: Connection): Holder {
  const [owner] = owners
  if (visibility === 'gone') return owner === undefined ? { kind: 'nobody' } : { kind: 'nobody', lastOwner: owner }
  if (visibility === 'kernel') return owner === undefined ? { kind: 'kernel' } : { kind: 'kernel', owner }
  if (owner !== undefined) return { kind: 'process', owner, others: owners.length - 1 }
  return { kind: visibility === 'not-permitted' || visibility === 'other-namespace' ? 'hidden' : 'unknown' }
}

function isSameProcess(one: Owner, other: Owner): boolean {
  return one.pid === other.pid && one.startedAt === other.startedAt
}

function agoOf(time: string | undefined, now: number): number | undefined {
  return time === undefined ? undefined : Math.max(0, now - Date.parse(time))
}

function idleTime({ lastReceivedAt, lastSentAt }: Connection, now: number): number | undefined {
  const times = [lastReceivedAt, lastSentAt].flatMap((text) => (text === undefined ? [] : Date.parse(text)))
  return times.length === 0 ? undefined : Math.max(0, now - Math.max(...times))
}
