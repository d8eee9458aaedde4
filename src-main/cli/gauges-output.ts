/** Gauges for people: a table per kind, each line with a bar. */
import type { FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import type { GaugesReport, LimitGauge } from '../../src-shared/contract/gauges.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import { tableLines, type TableCell, type TableColumn } from '../../src-shared/text/text-table.ts'
import { visibleText } from '../../src-shared/text/visible-text.ts'
import type { CommandContext } from './command.ts'
import { bar } from './text/bar.ts'
import { bytesText } from './text/bytes-text.ts'
import { canDraw } from './text/can-draw.ts'
import { coloursFor, type Colours } from './text/colours.ts'

const barCells = 16
/** Shares from which a bar is no longer green: the threshold of most rules, and where it is nearly over. */
const warningShare = 0.8
const criticalShare = 0.95

interface Line extends LimitGauge {
  readonly cells: readonly string[]
  /** How its figures are written; default: as numbers. */
  readonly amount?: (value: number) => string
}

interface Section {
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly lines: readonly Line[]
}

export function writeGauges(context: CommandContext, report: GaugesReport): void {
  const sections = [
    portSection(context, report),
    descriptorSection(context, report),
    queueSection(context, report),
    machineSection(context, report),
  ]
  let first = true
  for (const section of sections) {
    if (section.lines.length === 0) continue
    if (!first) context.out('')
    writeSection(context, section)
    first = false
  }
}

function writeSection({ out, messages, environment }: CommandContext, { title, columns, lines }: Section): void {
  const colours = coloursFor(environment.stdout, environment.variables)
  const draw = canDraw(environment.variables)
  const { heading } = messages.gauges
  out(colours.header(title))
  out(
    ...tableLines(
      [
        { header: '', align: 'left' },
        { header: heading.share, align: 'right' },
        { header: heading.used, align: 'right' },
        { header: heading.limit, align: 'right' },
        ...columns,
      ],
      lines.map(({ used, limit, cells, amount = String }) => [
        ...fillCells(used, limit, draw, colours),
        { text: amount(used) },
        { text: limit === undefined ? '' : amount(limit) },
        ...cells.map((text) => ({ text })),
      ]),
      environment.stdout.columns,
      colours.quiet,
    ),
  )
}

/** The bar and its share; without a limit neither. */
function fillCells(used: number, limit: number | undefined, draw: boolean, colours: Colours): readonly TableCell[] {
  if (limit === undefined) return [{ text: '' }, { text: '' }]
  const share = limit === 0 ? (used === 0 ? 0 : 1) : used / limit
  const paint = share >= criticalShare ? colours.bad : share >= warningShare ? colours.warning : colours.good
  return [{ text: bar(share, barCells, draw), paint }, { text: `${percent(share)} %` }]
}

/** A little is not nothing. */
function percent(share: number): string {
  const value = share * 100
  return value > 0 && value < 1 ? '<1' : String(Math.floor(value))
}

function portSection({ messages: { gauges } }: CommandContext, { ports, portRange }: GaugesReport): Section {
  const count = portRange === undefined ? undefined : portRange[1] - portRange[0] + 1
  const range = portRange === undefined || count === undefined ? '' : gauges.range(portRange[0], portRange[1], count)
  return {
    title: `${gauges.title.ports}${range}`,
    columns: [
      { header: gauges.heading.local, align: 'left', shrinkTo: 12 },
      { header: gauges.heading.remote, align: 'left', shrinkTo: 15 },
      { header: gauges.heading.process, align: 'left', shrinkTo: 10 },
      { header: gauges.heading.states, align: 'left', shrinkTo: 12 },
    ],
    lines: ports.map(({ localAddress, remote, used, byState, process }) => ({
      used,
      ...limitOf(count),
      cells: [localAddress, endpointText(remote.address, remote.port), processText(process), statesText(byState)],
    })),
  }
}

function descriptorSection({ messages: { gauges } }: CommandContext, { descriptors }: GaugesReport): Section {
  return {
    title: gauges.title.descriptors,
    columns: [
      { header: gauges.heading.sockets, align: 'right' },
      { header: gauges.heading.process, align: 'left', shrinkTo: 10 },
    ],
    lines: descriptors.map(({ used, limit, sockets, ...process }) => ({
      used,
      ...limitOf(limit),
      cells: [String(sockets), processText(process)],
    })),
  }
}

function queueSection({ messages: { gauges } }: CommandContext, { acceptQueues }: GaugesReport): Section {
  return {
    title: gauges.title['accept-queues'],
    columns: [
      { header: gauges.heading.local, align: 'left', shrinkTo: 15 },
      { header: gauges.heading.process, align: 'left', shrinkTo: 10 },
    ],
    lines: acceptQueues.map(({ waiting, backlog, local, process }) => ({
      used: waiting,
      limit: backlog,
      cells: [endpointText(local.address, local.port), processText(process)],
    })),
  }
}

function machineSection({ messages: { gauges } }: CommandContext, { orphans, timeWait, tcpMemory }: GaugesReport): Section {
  return {
    title: gauges.machine,
    columns: [{ header: gauges.heading.what, align: 'left' }],
    lines: [
      ...machineLine(timeWait, gauges.title['time-wait']),
      ...machineLine(orphans, gauges.title.orphans),
      ...machineLine(tcpMemory, gauges.title['tcp-memory'], bytesText),
    ],
  }
}

function machineLine(gauge: LimitGauge | undefined, title: string, amount: Line['amount'] = String): readonly Line[] {
  return gauge === undefined ? [] : [{ ...gauge, cells: [title], amount }]
}

function limitOf(limit: number | undefined): { readonly limit?: number } {
  return limit === undefined ? {} : { limit }
}

function processText(process: Pick<FindingProcess, 'pid' | 'name'> | undefined): string {
  if (process === undefined) return ''
  return process.name === undefined ? String(process.pid) : `${visibleText(process.name)} (${process.pid})`
}

function statesText(byState: GaugesReport['ports'][number]['byState']): string {
  return Object.entries(byState)
    .toSorted(([, left], [, right]) => right - left)
    .map(([state, rows]) => `${state} ${rows}`)
    .join(', ')
}
