/** The full or exact text of the cell under the pointer as its tooltip. Made only there: no cell pays for it while rows are painted. */
import type { TableView } from '../../view/table-view.ts'
import type { TableColumn } from '../../view/columns.ts'
import type { CellFormat } from '../../view/format.ts'

export interface CellTitlesOptions {
  readonly view: TableView
  readonly look: () => { readonly columns: readonly TableColumn[]; readonly format: CellFormat }
  readonly rowIdAt: (target: EventTarget | null) => number | undefined
}

export interface CellTitles {
  readonly onMouseOver: (event: MouseEvent) => void
  readonly onMouseOut: (event: MouseEvent) => void
}

export function useCellTitles({ view, look, rowIdAt }: CellTitlesOptions): CellTitles {
  return {
    onMouseOver: (event) => {
      const cell = cellAt(event)
      const rowId = rowIdAt(event.target)
      const slot = rowId === undefined ? undefined : view.slotOfRow(rowId)
      if (cell === null || slot === undefined) return
      const { columns, format } = look()
      const column = columns[[...(cell.parentElement?.children ?? [])].indexOf(cell)]
      const cut = cell.scrollWidth > cell.clientWidth
      const title = column?.exact?.(view, slot, format) ?? (cut ? column?.text(view, slot, format) : undefined)
      if (title !== undefined && title !== '') cell.title = title
    },
    // The element shows another row as soon as the table scrolls.
    onMouseOut: (event) => cellAt(event)?.removeAttribute('title'),
  }
}

function cellAt({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.connection-cell') : null
}
