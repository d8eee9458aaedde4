import { visibleText } from '../../src-shared/text/visible-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useFilters } from '../stores/filters.ts'
import { useHostAccess } from '../stores/host-access.ts'
import { useNotices } from '../stores/notices.ts'
import { NewsMemory, type News } from '../view/news-memory.ts'
import { sentences } from '../view/sentences.ts'
import { useCellFormat } from './use-cell-format.ts'

/** More names than these are no news any more but a list. */
const mostPrograms = 3

/** Returns what tells how many connections there are, and what came and closed since it told last. */
export function useTellNews(): () => void {
  const { t, locale } = useText()
  const { clock } = useHostAccess()
  const connections = useConnections()
  const filters = useFilters()
  const notices = useNotices()
  const format = useCellFormat()
  const memory = new NewsMemory()

  const counts = ({ shown, rows }: News): string =>
    shown === rows && !filters.active
      ? t('announce.shown', { count: shown, number: format.value.integer(shown) })
      : t('announce.shownOf', { number: format.value.integer(shown), total: format.value.integer(rows) })
  const changes = (since: NonNullable<News['since']>, nowMs: number): string => {
    const { integer } = format.value
    const time = format.value.time(since.askedAt, nowMs)
    if (since.added + since.closed === 0) return t('announce.quiet', { time })
    return t('announce.since', { added: integer(since.added), closed: integer(since.closed), time })
  }
  const programs = ({ programs: all }: NonNullable<News['since']>): string => {
    const named = all.slice(0, mostPrograms).map(({ name, rows }) => t('announce.program', { name: visibleText(name), rows }))
    const others = all.length > named.length ? [t('announce.otherPrograms')] : []
    return t('announce.programs', { list: new Intl.ListFormat(locale.value).format([...named, ...others]) })
  }
  return () => {
    const nowMs = clock.now()
    const news = memory.tell(connections.view, nowMs)
    const { since } = news
    const text = sentences([
      counts(news),
      since === undefined ? t('announce.first') : changes(since, nowMs),
      since !== undefined && since.programs.length > 0 ? programs(since) : undefined,
      connections.paused ? t('announce.frozen') : undefined,
    ])
    notices.show('info', 'announce.told', { text })
  }
}
