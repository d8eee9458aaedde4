/** Watch rules, and everything that helps to find one's way. */
import { useText } from '../i18n/use-text.ts'
import { useDialogs } from '../stores/dialogs.ts'
import { useFilters } from '../stores/filters.ts'
import type { Command } from './command.ts'

export function useHelpCommands(): readonly Command[] {
  const { t: text } = useText()
  const dialogs = useDialogs()
  const filters = useFilters()
  return [
    {
      id: 'watch-rule.new',
      group: 'watch',
      title: (t) => t('command.tellMeWhen'),
      refusal: () => (filters.error === undefined ? undefined : text('command.searchWrong')),
      run: () => dialogs.show({ id: 'watch', section: 'rules', query: filters.text.trim() }),
    },
    { id: 'watch-rule.list', group: 'watch', title: (t) => t('watch.rules'), run: () => dialogs.show({ id: 'watch', section: 'rules' }) },
    { id: 'watch-rule.log', group: 'watch', title: (t) => t('watch.log'), run: () => dialogs.show({ id: 'watch', section: 'log' }) },
    {
      id: 'help.palette',
      group: 'help',
      title: (t) => t('palette.title'),
      keys: [{ key: 'k', command: true }],
      run: () => dialogs.show({ id: 'palette' }),
    },
    {
      id: 'help.shortcuts',
      group: 'help',
      title: (t) => t('shortcuts.title'),
      keys: [{ key: '?' }],
      run: () => dialogs.show({ id: 'shortcuts' }),
    },
    { id: 'help.tour', group: 'help', title: (t) => t('tour.title'), run: () => dialogs.setTourAgain(true) },
    { id: 'help.about', group: 'help', title: (t) => t('about.title'), run: () => dialogs.show({ id: 'about' }) },
  ]
}
