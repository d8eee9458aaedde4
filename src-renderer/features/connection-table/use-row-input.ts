/** Mouse and keyboard of the table: what they select, open and activate. */
import type { TableView } from '../../view/table-view.ts'
import { gridIntent } from './grid-keys.ts'
import { rowHeight, rowsPerPage } from './row-geometry.ts'
import type { RowSelection } from './row-selection.ts'
import type { MenuRequest } from './table-types.ts'
import type { RowPainter } from './use-row-painter.ts'

export interface RowInputOptions {
  readonly view: TableView
  readonly selection: RowSelection
  readonly painter: RowPainter
  readonly selected: () => void
  readonly activate: (slot: number) => void
  readonly openMenu: (request: MenuRequest) => void
}

export interface RowInput {
  readonly onMouseDown: (event: MouseEvent) => void
  readonly onDoubleClick: (event: MouseEvent) => void
  readonly onContextMenu: (event: MouseEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const primaryButton = 0
const secondaryButton = 2

export function useRowInput({ view, selection, painter, selected, activate, openMenu }: RowInputOptions): RowInput {
  /** The place now of the row that was painted under the pointer; -1 when it is gone. */
  function indexAt(event: Event): number {
    const rowId = painter.rowIdAt(event.target)
    const slot = rowId === undefined ? undefined : view.slotOfRow(rowId)
    return slot === undefined ? -1 : view.indexOf(slot)
  }

  function change(act: () => void): void {
    act()
    selected()
    painter.request()
  }

  function menuAt(index: number, x: number, y: number): void {
    const slot = view.visible[index]
    if (slot === undefined) return
    if (!selection.has(view.mirror.columns.rowId[slot] as number)) change(() => selection.selectOnly(index))
    openMenu({ slots: selection.slots(), identities: selection.identities(), slot, x, y })
  }

  function moveTo(index: number, mode: 'select' | 'extend' | 'focus', keep: boolean): void {
    if (mode === 'extend') selection.extendTo(index, keep)
    else if (mode === 'select') selection.selectOnly(index)
    else selection.focus(index)
    painter.reveal(index)
  }

  return {
    // On the press, not on the click: rows may move while the button is down.
    onMouseDown: (event) => {
      const index = indexAt(event)
      if (event.button !== primaryButton || index === -1) return
      const command = event.ctrlKey || event.metaKey
      change(() => {
        if (event.shiftKey) selection.extendTo(index, command)
        else if (command) selection.toggle(index)
        else selection.selectOnly(index)
      })
    },
    onDoubleClick: (event) => {
      const slot = view.visible[indexAt(event)]
      if (slot !== undefined) activate(slot)
    },
    onContextMenu: (event) => {
      const index = indexAt(event)
      if (index === -1 && event.button === secondaryButton) return // beside the rows
      event.preventDefault()
      if (index !== -1) {
        menuAt(index, event.clientX, event.clientY)
        return
      }
      // The menu key: the event is the table's own and has no position worth the name.
      painter.reveal(selection.activeIndex)
      const box = painter.elementOf(view.visible[selection.activeIndex] ?? -1)?.getBoundingClientRect()
      if (box !== undefined) menuAt(selection.activeIndex, box.left + rowHeight, box.bottom)
    },
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget) return // a header button's key
      const intent = gridIntent(event, {
        activeIndex: selection.activeIndex,
        rowCount: view.visibleCount,
        rowsPerPage: rowsPerPage(painter.height()),
        firstOnScreen: Math.ceil(painter.scrollTop() / rowHeight),
      })
      if (intent === undefined) return
      // Escape also closes what lies around the table; it is not swallowed.
      if (intent.kind !== 'clear') event.preventDefault()
      if (intent.kind === 'activate') {
        const slot = view.visible[selection.activeIndex]
        if (slot !== undefined) activate(slot)
        return
      }
      change(() => {
        if (intent.kind === 'move') moveTo(intent.to, intent.mode, event.ctrlKey || event.metaKey)
        else if (intent.kind === 'all') selection.selectAll()
        else if (intent.kind === 'toggle') selection.toggle(selection.activeIndex)
        else selection.clear()
      })
    },
  }
}
