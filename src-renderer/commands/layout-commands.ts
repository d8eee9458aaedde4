/** The look of the table: its columns, what it is sorted by, row height, zoom. */
import { densities } from '../../src-shared/model/table-layout.ts'
import { useTableLayout } from '../stores/table-layout.ts'
import { columnIds } from '../view/column-id.ts'
import type { Command } from './command.ts'

export function useLayoutCommands(): readonly Command[] {
  const layout = useTableLayout()
  return [
    { id: 'layout.columns', group: 'table', title: (t) => t('columns.open'), run: () => layout.setChooserOpen(true) },
    { id: 'layout.reset-columns', group: 'table', title: (t) => t('columns.usual'), run: () => layout.resetColumns() },
    { id: 'layout.zoom-in', group: 'table', title: (t) => t('command.zoomIn'), run: () => layout.zoomIn() },
    { id: 'layout.zoom-out', group: 'table', title: (t) => t('command.zoomOut'), run: () => layout.zoomOut() },
    { id: 'layout.zoom-reset', group: 'table', title: (t) => t('command.zoomReset'), run: () => layout.zoomReset() },
    ...densities.map((density): Command => ({
      id: `layout.density-${density}`,
      group: 'table',
      title: (t) => t('command.set', { what: t('columns.density'), value: t(`columns.${density}`) }),
      isOn: () => layout.density === density,
      run: () => layout.setDensity(density),
    })),
    ...columnIds.map((column): Command => ({
      id: `layout.sort-${column}`,
      group: 'table',
      title: (t) => t('command.sortBy', { column: t(`column.${column}`) }),
      exists: () => layout.shown.some(({ id }) => id === column),
      isOn: () => layout.sort.column === column,
      run: () => layout.sortBy(column, false),
    })),
  ]
}
