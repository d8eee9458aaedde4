/** Saved views: the first nine have keys. */
import { useSavedViews } from '../composables/use-saved-views.ts'
import { useText } from '../i18n/use-text.ts'
import { useViews } from '../stores/views.ts'
import type { Command } from './command.ts'
import type { KeyStroke } from './key-stroke.ts'

export const viewsWithKeys = 9

/** Ctrl and Alt: pages have Ctrl alone, and browsers have it for their tabs. */
export function viewKey(place: number): KeyStroke {
  return { key: String(place), code: `Digit${place}`, command: true, alt: true }
}

export function useViewCommands(): readonly Command[] {
  const { t: text } = useText()
  const views = useSavedViews()
  const state = useViews()
  const places = Array.from({ length: viewsWithKeys }, (_, index) => index + 1)
  return [
    { id: 'view.manage', group: 'pages', title: (t) => t('views.manage'), run: () => state.setDialogOpen(true) },
    { id: 'view.copy', group: 'pages', title: (t) => t('views.copyText'), run: () => views.copy(state.opened, views.current()) },
    ...places.map((place): Command => {
      const view = () => views.list.value[place - 1]
      return {
        id: `view-${place}`,
        group: 'pages',
        title: (t) => t('views.open', { name: view()?.name ?? t('views.usualName', { number: place }) }),
        keys: [viewKey(place)],
        exists: () => view() !== undefined,
        refusal: () => (view() === undefined ? text('views.none') : undefined),
        run: () => {
          const wanted = view()
          if (wanted !== undefined) views.open(wanted)
        },
      }
    }),
  ]
}
