import { tableLines, type TableColumn } from '../../src-shared/text/text-table.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import { useCopy } from './use-copy.ts'

/** More lines than anyone pastes; a clipboard with megabytes stalls other programs. */
const maximumCopiedLines = 5000

/** Puts a table on the clipboard as text in columns. */
export function useCopyTable(): (columns: readonly TableColumn[], rows: Iterable<readonly string[]>) => void {
  const copy = useCopy()
  return (columns, rows) => {
    const cells: { text: string }[][] = []
    for (const row of rows) {
      if (cells.length === maximumCopiedLines) break
      cells.push(row.map((text) => ({ text: visibleText(text) })))
    }
    void copy(tableLines(columns, cells, undefined, (text) => text).join('\n'))
  }
}
