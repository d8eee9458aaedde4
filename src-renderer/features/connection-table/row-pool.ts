/**
 * The row elements: as many as fit on the screen and a few more, reused for whatever row comes into view. Writes to the document
 * only what differs from what it wrote before. A row that stays on screen keeps its element, so that a row moving by one line costs
 * one transform and no text.
 */
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import type { TableColumn } from '../../view/columns.ts'
import type { CellFormat } from '../../view/format.ts'
import { stateClass } from '../../view/state-class.ts'
import type { TableView } from '../../view/table-view.ts'
import type { RowRange } from './row-geometry.ts'
import { createStateSymbol, showStateSymbol } from './state-symbol.ts'

export interface RowLook {
  readonly view: TableView
  readonly columns: readonly TableColumn[]
  readonly format: CellFormat
  readonly rowHeight: number
  /** Column of the cell with the keyboard focus, in the active row; -1 for none. */
  readonly activeColumn: number
  /** The keyboard is at a column's title. */
  readonly titleActive: boolean
  /** Times and sizes unrounded. */
  readonly exact: boolean
  readonly isSelected: (rowId: number) => boolean
  readonly activeRowId: number | undefined
  /** Further class names. */
  readonly rowClass: ((slot: number) => string) | undefined
}

interface Cell {
  readonly element: HTMLElement
  readonly node: Text
  text: string
}

interface PooledRow {
  readonly element: HTMLElement
  cells: Cell[]
  /** The state pill, when the state column is shown. */
  pill: HTMLElement | undefined
  symbol: SVGElement | undefined
  rowId: number
  index: number
  top: number
  className: string
  activeCell: number
  stateCode: number
  selected: boolean | undefined
}

/** By state code. */
const pillClasses = [undefined, ...tcpStates].map((state) => `state-pill ${stateClass(state)}`)
const unused = -1

/** Class names of a column that stays at the start, each with a space before it; empty for one that scrolls. */
export function pinnedClasses(columns: readonly TableColumn[], index: number): string {
  if (columns[index]?.pinned !== true) return ''
  return columns[index + 1]?.pinned === true ? ' cell-pinned' : ' cell-pinned pinned-last'
}

export class RowPool {
  readonly #body: HTMLElement
  readonly #idPrefix: string
  #columns: readonly TableColumn[] = []
  /** By slot. */
  #used = new Map<number, PooledRow>()
  #spare: PooledRow[] = []
  #made = 0
  #rowHeight = 0

  constructor(body: HTMLElement, idPrefix: string) {
    this.#body = body
    this.#idPrefix = idPrefix
  }

  /** Shows the rows of the range. */
  paint({ first, end }: RowRange, look: RowLook): void {
    if (look.columns !== this.#columns) this.#takeColumns(look.columns)
    this.#rowHeight = look.rowHeight
    const { visible } = look.view
    const kept = new Map<number, PooledRow>()
    const missing: number[] = []
    for (let index = first; index < end; index += 1) {
      const slot = visible[index] as number
      const row = this.#used.get(slot)
      if (row === undefined) missing.push(index)
      else {
        kept.set(slot, row)
        this.#used.delete(slot)
        this.#write(row, index, slot, look)
      }
    }
    this.#spare.push(...this.#used.values())
    this.#used = kept
    for (const index of missing) {
      const slot = visible[index] as number
      const row = this.#spare.pop() ?? this.#make()
      this.#used.set(slot, row)
      this.#write(row, index, slot, look)
    }
    for (const row of this.#spare) hide(row)
  }

  /** The row that an element belongs to, as it was painted: what the person saw, whatever came in since. */
  rowIdAt(target: EventTarget | null): number | undefined {
    const element = target instanceof Element ? target.closest('.connection-row') : null
    for (const row of this.#used.values()) if (row.element === element) return row.rowId
    return undefined
  }

  /** Undefined when the row is not painted. */
  elementOf(slot: number): HTMLElement | undefined {
    return this.#used.get(slot)?.element
  }

  #make(): PooledRow {
    const element = document.createElement('div')
    element.setAttribute('role', 'row')
    element.id = `${this.#idPrefix}-${this.#made}`
    this.#made += 1
    this.#body.append(element)
    const row: PooledRow = {
      element,
      cells: [],
      pill: undefined,
      symbol: undefined,
      rowId: unused,
      index: unused,
      top: unused,
      className: '',
      activeCell: unused,
      stateCode: unused,
      selected: undefined,
    }
    this.#makeCells(row)
    return row
  }

  /** Widths are the style sheet's business; only other columns, or the same at other places, need other cells. */
  #takeColumns(columns: readonly TableColumn[]): void {
    const before = this.#columns
    this.#columns = columns
    if (before.length === columns.length && before.every((column, index) => sameCell(column, columns[index]))) return
    for (const row of [...this.#used.values(), ...this.#spare]) this.#makeCells(row)
  }

  #makeCells(row: PooledRow): void {
    row.pill = undefined
    row.symbol = undefined
    row.stateCode = unused
    row.activeCell = unused
    row.element.replaceChildren()
    row.cells = this.#columns.map((column, index) => {
      const cell = document.createElement('div')
      cell.className = `connection-cell cell-${column.id} align-${column.align}${pinnedClasses(this.#columns, index)}`
      if (column.pinned) cell.style.left = `var(--pinned-${index})`
      cell.id = `${row.element.id}-${column.id}`
      cell.setAttribute('role', 'gridcell')
      cell.setAttribute('aria-colindex', String(column.place))
      const node = document.createTextNode('')
      if (column.id === 'state') {
        row.pill = document.createElement('span')
        row.symbol = createStateSymbol()
        row.pill.append(row.symbol, node)
        cell.append(row.pill)
      } else cell.append(node)
      row.element.append(cell)
      return { element: cell, node, text: '' }
    })
  }

  #write(row: PooledRow, index: number, slot: number, look: RowLook): void {
    const { view, columns, format, exact } = look
    const { element } = row
    row.rowId = view.mirror.columns.rowId[slot] as number
    const top = index * this.#rowHeight
    if (row.index !== index || row.top !== top) {
      if (row.index === unused) element.hidden = false
      row.index = index
      row.top = top
      element.style.transform = `translateY(${top}px)`
      element.setAttribute('aria-rowindex', String(index + 2)) // the header is row 1
    }
    this.#writeLook(row, slot, look)
    for (const [at, column] of columns.entries()) {
      const cell = row.cells[at]
      const text = (exact ? column.exact : undefined)?.(view, slot, format) ?? column.text(view, slot, format)
      if (cell === undefined || cell.text === text) continue
      cell.text = text
      cell.node.data = text
    }
  }

  #writeLook(row: PooledRow, slot: number, { view, isSelected, activeRowId, activeColumn, titleActive, rowClass }: RowLook): void {
    const selected = isSelected(row.rowId)
    const highlight = view.highlightOf(slot)
    let className = 'connection-row'
    if (highlight !== 'none') className += ` row-${highlight}`
    if (highlight === 'closed' && view.isLeaving(slot)) className += ' row-leaving'
    if (selected) className += ' row-selected'
    // The outline is around the cell when that has the focus.
    if (row.rowId === activeRowId && activeColumn === unused && !titleActive) className += ' row-active'
    if (rowClass !== undefined) className += ` ${rowClass(slot)}`
    if (className !== row.className) {
      row.className = className
      row.element.className = className
    }
    if (selected !== row.selected) {
      row.selected = selected
      row.element.setAttribute('aria-selected', String(selected))
    }
    markCell(row, row.rowId === activeRowId ? activeColumn : unused)
    const code = view.mirror.columns.state[slot] as number
    if (row.pill !== undefined && code !== row.stateCode) {
      row.stateCode = code
      row.pill.className = pillClasses[code] ?? 'state-pill'
      if (row.symbol !== undefined) showStateSymbol(row.symbol, code)
    }
  }
}

function sameCell(before: TableColumn, now: TableColumn | undefined): boolean {
  return before.id === now?.id && before.pinned === now.pinned && before.place === now.place
}

function markCell(row: PooledRow, column: number): void {
  if (row.activeCell === column) return
  row.cells[row.activeCell]?.element.classList.remove('cell-active')
  row.cells[column]?.element.classList.add('cell-active')
  row.activeCell = column
}

function hide(row: PooledRow): void {
  if (row.index === unused) return
  row.index = unused
  row.rowId = unused
  row.element.hidden = true
}
