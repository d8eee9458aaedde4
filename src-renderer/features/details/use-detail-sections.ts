/** Everything known about a connection and its owners, in groups with titles, in the reader's language. */
import type { Connection } from '../../../src-shared/model/connection.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { useConnections } from '../../stores/connections.ts'
import { useStatus } from '../../stores/status.ts'
import { nameFacts } from '../names/name-facts.ts'
import { connectionFacts, ownerFacts, timeFacts, trafficFacts, type Fact } from './detail-facts.ts'
import { untoldFacts } from './untold-facts.ts'

export interface DetailSections {
  /** Those without facts are left out. */
  readonly sections: readonly { readonly title: string; readonly facts: readonly Fact[] }[]
  readonly ownersTitle: string
  readonly owners: readonly { readonly pid: number; readonly facts: readonly Fact[] }[]
}

export function useDetailSections(): (connection: Connection) => DetailSections {
  const { t, locale } = useText()
  const connections = useConnections()
  const status = useStatus()
  const format = useCellFormat()
  return (connection) => {
    const place = { platform: status.host?.platform ?? '', source: status.engine?.source }
    const words = { t, format: format.value, nowMs: connections.view.mirror.takenAt }
    return {
      sections: [
        { title: t('details.connection'), facts: connectionFacts(connection, words) },
        { title: t('names.title'), facts: nameFacts(connection, connections.view.mirror.names, t, format.value) },
        { title: t('details.traffic'), facts: trafficFacts(connection, words) },
        { title: t('details.times'), facts: timeFacts(connection, words) },
        { title: t('details.untold'), facts: untoldFacts(connection, place, t, locale.value) },
      ].filter(({ facts }) => facts.length > 0),
      ownersTitle: t('details.owners', { count: connection.owners.length }),
      owners: connection.owners.map((owner) => ({ pid: owner.pid, facts: ownerFacts(owner, words) })),
    }
  }
}
