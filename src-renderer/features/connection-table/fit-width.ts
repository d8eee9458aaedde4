/** How wide a column must be to show what is painted of it, title included. */
import type { ColumnId } from '../../view/column-id.ts'

/** Padding of a cell, both sides, and a pixel against rounding. At a zoom of 100 %. */
const cellRoom = 17
/** The process's icon, or the sign of news that takes its place in the first column. */
const iconRoom = 18
/** The arrow of the order and its number. */
const arrowRoom = 16

/** CSS pixels at a zoom of 100 %; undefined when nothing of the column is painted. */
export function contentWidth(grid: HTMLElement, id: ColumnId, zoom: number): number | undefined {
  const title = grid.querySelector<HTMLElement>(`.connection-title[data-column="${id}"]`)
  if (title === null) return undefined
  const cells = grid.querySelectorAll<HTMLElement>(`.connection-row:not([hidden]) > .cell-${id}`)
  const text = [...cells].reduce((widest, cell) => Math.max(widest, textWidth(cell)), 0)
  const icon = id === 'process' || title.previousElementSibling === null ? iconRoom : 0
  const ofTitle = textWidth(title.querySelector('.connection-title-text') ?? title) / zoom + arrowRoom
  return Math.ceil(Math.max(text / zoom + icon, ofTitle) + cellRoom)
}

/** As laid out, whatever of it is cut off. */
function textWidth(element: Element): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().width
}
