/** What the table shows: the search, the switches, the states of the legend, and the way back to everything. */
import { stateAbsent, stateCode, tcpStates } from '../../src-shared/model/tcp-state.ts'
import { useCellFormat } from '../composables/use-cell-format.ts'
import { useText } from '../i18n/use-text.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useFilters } from '../stores/filters.ts'
import { useNavigation } from '../stores/navigation.ts'
import { usePageTable } from '../stores/page-table.ts'
import { useSelection } from '../stores/selection.ts'
import { toggleNames } from '../stores/toggles.ts'
import type { Command, CommandContext } from './command.ts'

export function useFilterCommands({ focusSearch }: CommandContext): readonly Command[] {
  const { t: text } = useText()
  const filters = useFilters()
  const navigation = useNavigation()
  const evidence = useEvidence()
  const selection = useSelection()
  const pageTable = usePageTable()
  const format = useCellFormat()
  const filtered = (): boolean => filters.active || filters.text !== ''
  const inTable =
    (act: () => void): (() => void) =>
    () => {
      navigation.open('connections')
      act()
    }
  const pick = (code: number): (() => void) => inTable(() => filters.pickState(code, false))
  return [
    {
      id: 'filter.search',
      group: 'filter',
      title: (t) => t('command.search'),
      keys: [{ key: '/' }, { key: 'f', command: true }],
      run: focusSearch,
    },
    {
      id: 'filter.clear',
      group: 'filter',
      title: (t) => t('empty.clearFilter'),
      refusal: () => ((pageTable.current?.isFiltered() ?? filtered()) ? undefined : text('command.nothingFiltered')),
      run: () => (pageTable.current?.clear ?? filters.clear)(),
    },
    {
      id: 'filter.evidence-off',
      group: 'filter',
      title: (t) => t('command.evidenceOff'),
      refusal: () => (evidence.shown === undefined ? text('command.noEvidence') : undefined),
      run: evidence.letGo,
    },
    {
      id: 'filter.step-back',
      group: 'filter',
      title: (t) => t('command.stepBack'),
      keys: [{ key: 'Escape' }],
      refusal: () =>
        navigation.page === 'connections' &&
        (selection.detailsOpen || selection.identities.length > 0 || filtered() || evidence.shown !== undefined)
          ? undefined
          : text('command.nothingToClose'),
      run: () => {
        if (selection.detailsOpen) selection.closeDetails()
        else if (selection.identities.length > 0) selection.clear()
        else if (filtered()) filters.clear()
        else evidence.letGo()
      },
    },
    ...toggleNames.map((name): Command => ({
      id: `filter.toggle-${name}`,
      group: 'filter',
      title: (t) => t(filters.toggles[name] ? 'command.hide' : 'command.show', { what: t(`toolbar.${name}`) }),
      run: inTable(() => filters.toggle(name)),
    })),
    ...tcpStates.map((state): Command => ({
      id: `filter.state-${state.toLowerCase()}`,
      group: 'filter',
      title: (t) => t('command.onlyState', { state: format.value.stateText(state) }),
      isOn: () => filters.states.has(stateCode(state)),
      run: pick(stateCode(state)),
    })),
    {
      id: 'filter.state-none',
      group: 'filter',
      title: (t) => t('command.onlyState', { state: t('legend.noState') }),
      isOn: () => filters.states.has(stateAbsent),
      run: pick(stateAbsent),
    },
    {
      id: 'filter.all-states',
      group: 'filter',
      title: (t) => t('legend.clear'),
      refusal: () => (filters.states.size > 0 ? undefined : text('command.nothingFiltered')),
      run: filters.clearStates,
    },
  ]
}
