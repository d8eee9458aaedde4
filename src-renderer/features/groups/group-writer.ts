import { cellWriter, type CellWriter, type CopyFormat, type ExportFormat } from '../../view/export/cell-writer.ts'
import type { GroupPageModel } from './group-page-model.ts'

/** Groups as text for other programs: the columns that have words, as shown; as JSON the facts behind them. */
export function groupWriter<Group>(model: GroupPageModel<Group>, kind: CopyFormat | ExportFormat): CellWriter<Group> {
  const columns = model.columns.value.filter(({ isDrawn }) => isDrawn !== true)
  return cellWriter<Group>(kind, {
    columns: columns.map(({ title, align = 'start' }) => ({ title, align })),
    cells: (group) => columns.map(({ id }) => model.textOf(group, id)),
    record: model.recordOf,
  })
}
