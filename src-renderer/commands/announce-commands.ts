/** What the table tells on request, and never by itself: rows come and go too fast for that. A screen reader reads notices out. */
import { useTellNews } from '../composables/use-tell-news.ts'
import { useText } from '../i18n/use-text.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useNotices } from '../stores/notices.ts'
import type { Command, CommandContext } from './command.ts'

export function useAnnounceCommands({ tellPlace }: Pick<CommandContext, 'tellPlace'>): readonly Command[] {
  const { t: text } = useText()
  const navigation = useNavigation()
  const notices = useNotices()
  const tellNews = useTellNews()
  const onTable = (): boolean => navigation.page === 'connections'
  const refusal = (): string | undefined => (onTable() ? undefined : text('command.openTable'))
  /** Whoever cannot see the page hears why nothing is told. */
  const orWhy = (tell: () => void) => (): void => {
    if (onTable()) tell()
    else notices.show('info', 'command.openTable')
  }
  return [
    {
      id: 'table.tell-news',
      group: 'table',
      title: (t) => t('announce.news'),
      keys: [{ key: 'F8' }],
      refusal,
      run: tellNews,
      byKey: orWhy(tellNews),
    },
    {
      id: 'table.tell-place',
      group: 'table',
      title: (t) => t('announce.place'),
      keys: [{ key: 'F8', shift: true }],
      refusal,
      run: tellPlace,
      byKey: orWhy(tellPlace),
    },
  ]
}
