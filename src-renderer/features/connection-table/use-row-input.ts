/** Mouse and keyboard of the table: what they select, open and activate. */
import type { TableColumn } from '../../view/columns.ts'
import type { TableView } from '../../view/table-view.ts'
import { gridIntent, type GridIntent } from './grid-keys.ts'
import { wholeRow, type GridCursor } from './grid-cursor.ts'
import { rowsPerPage } from './row-geometry.ts'
import type { RowSelection } from './row-selection.ts'
import type { MenuRequest } from './table-types.ts'
import type { RowPainter } from './use-row-painter.ts'

export interface RowInputOptions {
  readonly view: TableView
  readonly selection: RowSelection
  readonly painter: RowPainter
  readonly cursor: GridCursor
  readonly columns: () => readonly TableColumn[]
  /** Handles a key in the header; true when it did. */
  readonly headerKey: (event: KeyboardEvent) => boolean
  /** The cursor went into the header or left it, or the menu key was pressed there. */
  readonly enterHeader: () => void
  readonly leaveHeader: () => void
  readonly headerMenu: () => void
  readonly stepColumn: (index: number, by: 1 | -1) => void
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

export function useRowInput(options: RowInputOptions): RowInput {
  const { view, selection, painter, cursor, columns, selected, activate, openMenu } = options

  /** The place now of the row that was painted under the pointer; -1 when it is gone. */
  function indexAt(event: Event): number {
    const rowId = painter.rowIdAt(event.target)
    const slot = rowId === undefined ? undefined : view.slotOfRow(rowId)
    return slot === undefined ? -1 : view.indexOf(slot)
  }

  function change(select: () => void): void {
    select()
    selected()
    painter.request()
  }

  function menuAt(index: number, at: Pick<MenuRequest, 'x' | 'y' | 'cell'>): void {
    const slot = view.visible[index]
    if (slot === undefined) return
    if (!selection.has(view.mirror.columns.rowId[slot] as number)) change(() => selection.selectOnly(index))
    openMenu({ slots: selection.slots(), identities: selection.identities(), slot, ...at })
  }

  function moveTo(index: number, mode: 'select' | 'extend' | 'focus', keep: boolean): void {
    if (mode === 'extend') selection.extendTo(index, keep)
    else if (mode === 'select') selection.selectOnly(index)
    else selection.focus(index)
    painter.reveal(index)
  }

  function act(intent: GridIntent, keep: boolean): void {
    switch (intent.kind) {
      case 'activate': {
        const slot = view.visible[selection.activeIndex]
        if (slot !== undefined) activate(slot)
        break
      }
      case 'header':
        options.enterHeader()
        break
      case 'column':
        moveToColumn(intent.to)
        break
      case 'corner':
        change(() => moveTo(intent.row, 'select', false))
        moveToColumn(intent.column)
        break
      case 'move-column':
        options.stepColumn(cursor.columnIn(columns()), intent.by)
        break
      case 'move':
        moveTo(intent.to, intent.mode, keep)
        if (intent.mode !== 'focus') selected()
        break
      case 'all':
        change(() => selection.selectAll())
        break
      case 'toggle':
        change(() => selection.toggle(selection.activeIndex))
        break
    }
  }

  function moveToColumn(index: number): void {
    cursor.moveTo(index, columns())
    painter.revealColumn(index)
    painter.request()
  }

  return {
    // On the press, not on the click: rows may move while the button is down.
    onMouseDown: (event) => {
      const index = indexAt(event)
      if (event.button !== primaryButton || index === -1) return
      const command = event.ctrlKey || event.metaKey
      cursor.moveTo(wholeRow, columns())
      options.leaveHeader()
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
        menuAt(index, { x: event.clientX, y: event.clientY })
        return
      }
      if (cursor.inHeader) {
        options.headerMenu()
        return
      }
      // The menu key: the event is the table's own and has no position worth the name.
      painter.reveal(selection.activeIndex)
      const box = painter.elementOf(view.visible[selection.activeIndex] ?? -1)?.getBoundingClientRect()
      const cell = { column: columns()[cursor.columnIn(columns())]?.id }
      if (box !== undefined) menuAt(selection.activeIndex, { x: box.left + painter.screen().rowHeight, y: box.bottom, cell })
    },
    onKeyDown: (event) => {
      if (event.target !== event.currentTarget) return // a button's own key
      if (cursor.inHeader) {
        if (options.headerKey(event)) event.preventDefault()
        return
      }
      const screen = painter.screen()
      const intent = gridIntent(event, {
        activeIndex: selection.activeIndex,
        rowCount: view.visibleCount,
        rowsPerPage: rowsPerPage(screen),
        firstOnScreen: Math.ceil(screen.top / screen.rowHeight),
        column: cursor.columnIn(columns()),
        columnCount: columns().length,
      })
      if (intent === undefined) return
      event.preventDefault()
      act(intent, event.ctrlKey || event.metaKey)
    },
  }
}
