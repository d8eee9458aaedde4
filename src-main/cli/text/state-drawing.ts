/** The two ways through the TCP states as lines of text, with one state marked. */
import { arrowSigns, asciiSigns, causeLabel } from '../../../src-shared/explain/cause-label.ts'
import { statePaths, type PathSide, type PathStep } from '../../../src-shared/explain/state-paths.ts'
import type { TcpState } from '../../../src-shared/model/tcp-state.ts'
import { cellWidth, padToCells } from '../../../src-shared/text/cell-width.ts'
import type { Paint } from './colours.ts'

export interface DrawingOptions {
  readonly marked: TcpState
  readonly titles: Readonly<Record<PathSide, string>>
  /** False: plain ASCII. */
  readonly unicode: boolean
  /** Cells of the terminal. */
  readonly width: number
  readonly paint: Paint
}

const columnCells = 38
const indent = '  '

/** Both ways beside each other, or one below the other where the terminal is too narrow for that. */
export function stateDrawing(options: DrawingOptions): string[] {
  const client = column('client', options)
  const server = column('server', options)
  if (options.width < indent.length + 2 * columnCells) return [...client, { text: '' }, ...server].map((line) => indent + paintedLine(line))
  return client.map((line, index) => {
    const right = server[index]
    const gap = ' '.repeat(Math.max(1, columnCells - cellWidth(line.text)))
    return `${indent}${paintedLine(line)}${right === undefined ? '' : gap + paintedLine(right)}`.trimEnd()
  })
}

/** One way beside the main ones, on a line: `FIN_WAIT_1 -> CLOSING -> TIME_WAIT`. */
export function sideWay(
  states: readonly TcpState[],
  { marked, unicode, paint }: Pick<DrawingOptions, 'marked' | 'unicode' | 'paint'>,
): string {
  const arrow = unicode ? ' ─▶ ' : ' -> '
  return indent + states.map((state) => (state === marked ? paint(state) : state)).join(arrow)
}

interface Line {
  readonly text: string
  readonly paint?: Paint
}

function paintedLine({ text, paint }: Line): string {
  return paint === undefined ? text : paint(text)
}

function column(side: PathSide, options: DrawingOptions): Line[] {
  return [{ text: options.titles[side] }, { text: '' }, ...statePaths[side].flatMap((step) => lines(step, options))]
}

function lines({ state, leaving }: PathStep, { marked, unicode, paint }: DrawingOptions): Line[] {
  const [before, after, bar] = unicode ? ['▶ ', ' ◀', '│'] : ['> ', ' <', '|']
  const node: Line = state === marked ? { text: before + state + after, paint } : { text: indent + state }
  if (leaving === undefined) return [node]
  return [node, { text: padToCells(`${indent}${bar}`, 5, 'left') + causeLabel(leaving, unicode ? arrowSigns : asciiSigns) }]
}
