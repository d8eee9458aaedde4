/** Steps of a trace as lines for a terminal: two lifelines with an arrow between them, the states of both ends beside. */
import { endpointText } from '../../../src-shared/model/address.ts'
import type { Endpoint } from '../../../src-shared/model/connection.ts'
import type { TraceStep } from '../../../src-shared/trace/trace-step.ts'
import { isRetransmission } from '../../../src-shared/trace/trace-summary.ts'
import { cutToCells, padToCells } from '../../../src-shared/text/cell-width.ts'
import type { Colours } from './colours.ts'
import { wrapText } from '../../../src-shared/text/wrap-text.ts'

export interface LadderStyle {
  /** Cells of a line. */
  readonly width: number
  /** False: ASCII only. */
  readonly draws: boolean
  readonly colours: Colours
}

interface Signs {
  readonly life: string
  readonly line: string
  readonly again: string
  readonly right: string
  readonly left: string
  readonly mark: string
}

const drawn: Signs = { life: '│', line: '─', again: '╌', right: '▶', left: '◀', mark: '↻' }
const ascii: Signs = { life: '|', line: '-', again: '=', right: '>', left: '<', mark: 'R' }
/** Seconds with microseconds, up to the longest trace. */
const timeCells = 11
/** SYN_RECEIVED, the longest word of RFC 9293. */
const stateCells = 12
const gaps = 4
/** Shorter arrows have no room for flags and numbers. */
const shortestArrow = 34
const longestArrow = 58

export function ladderHeader(local: Endpoint, remote: Endpoint, style: LadderStyle): string {
  const arrow = arrowCells(style)
  const cut = (text: string, cells: number): string => cutToCells(text, cells).replace('…', style.draws ? '…' : '~')
  const left = cut(endpointText(local.address, local.port), Math.floor(arrow / 2))
  const right = cut(endpointText(remote.address, remote.port), arrow + 1 - Math.floor(arrow / 2))
  const between = arrow + 2 - left.length - right.length
  return style.colours.header(`${' '.repeat(timeCells + stateCells + 2)}${left}${' '.repeat(Math.max(1, between))}${right}`)
}

/** The arrow, then what it means. */
export function ladderLines(step: TraceStep, explanation: readonly string[], style: LadderStyle): string[] {
  const { colours } = style
  const signs = style.draws ? drawn : ascii
  const time = padToCells((step.atMs / 1000).toFixed(6), timeCells, 'right')
  const paint = step.kind === 'reset' || step.kind === 'refused' ? colours.bad : isRetransmission(step) ? colours.warning : plain
  const arrow = `${signs.life}${paint(arrowText(step, arrowCells(style), signs))}${signs.life}`
  const line = `${time} ${stateText(step, 'local', style, 'right')} ${arrow} ${stateText(step, 'remote', style, 'left')}`
  const indent = ' '.repeat(timeCells + stateCells + 3)
  const words = wrapText(explanation.join(' '), Math.max(20, style.width - indent.length))
  return [line.trimEnd(), ...words.map((text) => `${indent}${colours.quiet(text)}`)]
}

/** Flags and numbers as tcpdump has them; where there is no room, first the window and then the acknowledgement is left out. */
function numbersText({ flags, sequence, acknowledgement, window, windowScaled, payloadBytes }: TraceStep, cells: number): string {
  const numbers = `seq ${sequence.from}${sequence.to > sequence.from + 1 ? `:${sequence.to}` : ''}`
  const acknowledged = acknowledgement === undefined ? '' : `ack ${acknowledgement}`
  const room = `win ${window}${windowScaled ? '' : '?'}`
  const length = payloadBytes > 0 ? `len ${payloadBytes}` : ''
  const choices = [
    [flags, numbers, acknowledged, room, length],
    [flags, numbers, acknowledged, length],
    [flags, numbers, length],
  ].map((parts) => parts.filter((part) => part !== '').join(' '))
  return choices.find((text) => text.length <= cells) ?? flags
}

function arrowText(step: TraceStep, cells: number, signs: Signs): string {
  const again = isRetransmission(step)
  const line = again ? signs.again : signs.line
  const label = ` ${again ? `${signs.mark} ` : ''}${numbersText(step, cells - 8)} `
  const fill = Math.max(2, cells - 1 - label.length)
  const before = Math.floor(fill / 2)
  const body = `${line.repeat(before)}${label}${line.repeat(fill - before)}`
  return step.from === 'local' ? `${body}${signs.right}` : `${signs.left}${body}`
}

/** Only where it changed: an unchanged state said again would hide the change. */
function stateText(step: TraceStep, end: 'local' | 'remote', { colours }: LadderStyle, align: 'left' | 'right'): string {
  const state = step.changed.includes(end) || step.index === 0 ? step.states[end] : undefined
  const text = padToCells(state ?? '', stateCells, align)
  return colours.state(state)?.(text) ?? text
}

function arrowCells({ width }: LadderStyle): number {
  return Math.min(longestArrow, Math.max(shortestArrow, width - timeCells - 2 * stateCells - gaps - 2))
}

function plain(text: string): string {
  return text
}
