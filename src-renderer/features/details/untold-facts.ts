/** What is empty about a connection because the system or the source in use does not tell it, and why. */
import { capabilityConditionText, capabilityReasonText } from '../../../src-shared/explain/capability-texts.ts'
import { capabilitiesOf } from '../../../src-shared/model/capabilities.ts'
import type { Feature } from '../../../src-shared/model/capability.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import type { MessageKey } from '../../i18n/en.ts'
import type { Locale } from '../../i18n/messages.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { Fact } from './detail-facts.ts'

interface Place {
  readonly platform: string
  /** Id of the source in use. */
  readonly source: string | undefined
}

type Entry = readonly [name: MessageKey, feature: Feature, value: unknown]

export function untoldFacts(connection: Connection, { platform, source }: Place, t: Text['t'], locale: Locale): Fact[] {
  const capabilities = capabilitiesOf(platform, source)
  if (capabilities === undefined) return []
  return entriesOf(connection).flatMap(([name, feature, value]) => {
    if (value !== undefined) return []
    const { support, reason, condition } = capabilities[feature]
    // Where the source could tell it, the reason is this connection's own, such as nothing received yet.
    const untold = support !== 'yes' && reason !== undefined ? capabilityReasonText(reason, locale) : undefined
    const needed = condition === undefined ? undefined : capabilityConditionText(condition, locale)
    const words = [untold, needed].filter((each) => each !== undefined)
    return words.length === 0 ? [] : [{ name: t(name), value: words.join(' ') }]
  })
}

function entriesOf(connection: Connection): Entry[] {
  const { protocol, state, owners } = connection
  const bytes: Feature = protocol === 'udp' ? 'udp-bytes' : 'tcp-bytes'
  const entries: Entry[] = [
    ['details.created', 'socket-creation', connection.createdAt],
    ['column.receiveQueue', 'queues', connection.receiveQueue],
  ]
  if (owners.length > 0) entries.push(['column.executable', 'executable-path', owners.find(({ executable }) => executable)?.executable])
  // A listening socket carries nothing.
  if (state !== 'LISTEN') entries.push(['column.received', bytes, connection.receivedBytes], ['column.sent', bytes, connection.sentBytes])
  if (protocol === 'tcp' && state !== 'LISTEN')
    entries.push(
      ['column.roundTrip', 'round-trip', connection.roundTripMs],
      ['column.retransmits', 'retransmits', connection.retransmits],
      ['column.timer', 'timers', connection.timer],
    )
  return entries
}
