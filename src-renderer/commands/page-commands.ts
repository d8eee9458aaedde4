/** Going somewhere: the pages and the entries of the reference. */
import { tcpStates } from '../../src-shared/model/tcp-state.ts'
import { useCellFormat } from '../composables/use-cell-format.ts'
import { useExplainSelected } from '../composables/use-explain-selected.ts'
import { useReferenceLink } from '../composables/use-reference-link.ts'
import { pageIds, useNavigation } from '../stores/navigation.ts'
import { referenceTopics } from '../stores/reference.ts'
import type { Command, CommandContext } from './command.ts'
import type { KeyStroke } from './key-stroke.ts'

export function usePageCommands({ inDesktop }: CommandContext): readonly Command[] {
  const navigation = useNavigation()
  const explainSelected = useExplainSelected()
  return [
    ...pageIds.map((page, index): Command => ({
      id: `page-${page}`,
      group: 'pages',
      title: (t) => t('command.openPage', { page: t(`navigation.${page}`) }),
      keys: [pageKey(index + 1, inDesktop)],
      isOn: () => navigation.page === page,
      run: () => navigation.open(page),
    })),
    {
      id: 'explain-state.selected',
      group: 'pages',
      title: (t) => t('command.explainSelected'),
      keys: [{ key: 'F1' }],
      run: explainSelected,
    },
  ]
}

/** Every entry of the reference. They are many; the palette shows them last. */
export function useReferenceCommands(): readonly Command[] {
  const openReference = useReferenceLink()
  const format = useCellFormat()
  return [
    ...tcpStates.map((state): Command => ({
      id: `explain-state.${state.toLowerCase()}`,
      group: 'pages',
      title: (t) => t('menu.explain', { state: format.value.stateText(state) }),
      run: () => openReference(state),
    })),
    ...referenceTopics.map((topic): Command => ({
      id: `reference-${topic}`,
      group: 'pages',
      title: (t) => t('command.reference', { topic: t(`reference.topics.${topic}`) }),
      run: () => openReference(topic),
    })),
  ]
}

/** Ctrl and a digit go to a tab of the browser there; Alt and a digit do on some systems. */
function pageKey(digit: number, inDesktop: boolean): KeyStroke {
  const key = { key: String(digit), code: `Digit${digit}` }
  return inDesktop ? { ...key, command: true } : { ...key, alt: true, shift: true }
}
