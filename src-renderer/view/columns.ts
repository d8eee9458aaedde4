import { absentCount, absentUnanswered, timerKinds } from '../../src-shared/model/columns.ts'
import { endpointText } from '../../src-shared/model/address.ts'
import { hasRemote, localAddressText, localService, remoteAddressText, remoteService } from '../../src-shared/model/connection.ts'
import { networkText } from '../../src-shared/model/known-names.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { visibilities, type Visibility } from '../../src-shared/model/visibility.ts'
import { columnIds, type ColumnId } from './column-id.ts'
import type { CellFormat } from './format.ts'
import { countryText, readRemote } from './row-names.ts'
import { lastSecondsAt, listens, ownerCount, timerShown, userText } from './row-facts.ts'
import type { TableView } from './table-view.ts'

export interface TableColumn {
  readonly id: ColumnId
  /** `column.<id>` */
  readonly titleKey: `column.${ColumnId}`
  /** CSS pixels. The usual widths of the columns that a new user sees fit into 1440 together. */
  readonly width: number
  /** Stays at the start while the others scroll sideways. */
  readonly pinned: boolean
  /** Among all columns, hidden ones included; from 1. */
  readonly place: number
  readonly align: 'start' | 'end'
  /** Among the columns a new user sees. */
  readonly shown: boolean
  /** Sorted largest first on the first click. */
  readonly firstDescending: boolean
  /** The cell's text; empty for what is not known. */
  readonly text: (view: TableView, slot: number, format: CellFormat) => string
  /** The same in full, where `text` rounds or shortens: the time instead of the age, all digits instead of a unit. */
  readonly exact?: (view: TableView, slot: number, format: CellFormat) => string | undefined
}

type CellText = (mirror: RowMirror, slot: number, format: CellFormat) => string
interface Traits {
  readonly width: number
  readonly text: CellText
  readonly exact?: (...given: Parameters<CellText>) => string | undefined
  readonly align?: 'end'
  readonly hidden?: true
  readonly firstDescending?: true
}

/** What TCPView and ss show for an end that is not connected. */
const anyone = '*'

const known = (value: number | undefined, write: (value: number) => string): string =>
  value === undefined || Number.isNaN(value) ? '' : write(value)
const counted = (value: number | undefined, { integer }: CellFormat): string =>
  value === undefined || value === absentCount ? '' : integer(value)
/** Ports and process ids are names, not quantities: no digit grouping. */
const plain = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** What a span or size was rounded from. */
type Reading = (mirror: RowMirror, slot: number) => number | undefined
const protocolText: CellText = ({ columns: c }, slot) => (c.protocol[slot] === 1 ? 'UDP' : 'TCP') + (c.family[slot] === 6 ? 'v6' : '')
const remotePortText: CellText = (mirror, slot) => (hasRemote(mirror, slot) ? plain(mirror.columns.remotePort[slot]) : anyone)
const remoteText: CellText = (mirror, slot) => (hasRemote(mirror, slot) ? remoteAddressText(mirror, slot) : anyone)
const textAt =
  (name: 'interface' | 'service'): CellText =>
  (mirror, slot) =>
    mirror.stringAt(mirror.columns[name][slot] ?? 0) ?? ''

const traits: Readonly<Record<ColumnId, Traits>> = {
  process: { width: 146, text: processText, exact: missingOwnerText },
  pid: { width: 64, align: 'end', text: (mirror, slot) => plain(mirror.ownerOf(slot)?.pid) },
  protocol: { width: 80, text: protocolText },
  state: { width: 134, text: stateText },
  localAddress: { width: 128, text: localAddressText },
  localPort: { width: 92, align: 'end', text: ({ columns }, slot) => plain(columns.localPort[slot]) },
  remoteAddress: { width: 136, text: remoteText },
  remotePort: { width: 110, align: 'end', text: remotePortText },
  user: { width: 80, text: (mirror, slot) => userText(mirror, slot) ?? '' },
  firstSeen: age(94, ({ columns }, slot) => columns.firstSeenAt[slot]),
  receiveRate: figure(108, ({ columns }, slot, { rate }) => known(columns.receiveRate[slot], rate)),
  sendRate: figure(90, ({ columns }, slot, { rate }) => known(columns.sendRate[slot], rate)),
  received: size(84, ({ columns }, slot) => columns.receivedBytes[slot]),
  sent: size(76, ({ columns }, slot) => columns.sentBytes[slot]),
  localEndpoint: hidden({
    width: 176,
    text: (mirror, slot) => endpointText(localAddressText(mirror, slot), mirror.columns.localPort[slot] ?? 0),
  }),
  remoteEndpoint: hidden({
    width: 190,
    text: (mirror, slot) =>
      hasRemote(mirror, slot) ? endpointText(remoteAddressText(mirror, slot), mirror.columns.remotePort[slot] ?? 0) : anyone,
  }),
  localService: hidden({ width: 122, text: (mirror, slot) => localService(mirror, slot) ?? '' }),
  remoteService: hidden({ width: 138, text: (mirror, slot) => remoteService(mirror, slot) ?? '' }),
  host: hidden({ width: 220, text: (mirror, slot) => readRemote(mirror, slot).host ?? '' }),
  country: hidden({ width: 130, text: (mirror, slot, { country }) => countryText(readRemote(mirror, slot).country, country) }),
  network: hidden({ width: 200, text: (mirror, slot) => networkText(readRemote(mirror, slot)) ?? '' }),
  family: hidden({ width: 76, text: ({ columns }, slot) => (columns.family[slot] === 6 ? 'IPv6' : 'IPv4') }),
  executable: hidden({ width: 220, text: (mirror, slot) => mirror.ownerOf(slot)?.executable ?? '' }),
  timeInState: hidden(age(108, ({ columns }, slot) => columns.stateSinceAt[slot])),
  created: hidden(age(92, ({ columns }, slot) => columns.createdAt[slot])),
  lastReceived: hidden(age(124, ({ columns }, slot) => lastSecondsAt(columns.lastReceivedSeconds[slot]))),
  lastSent: hidden(age(92, ({ columns }, slot) => lastSecondsAt(columns.lastSentSeconds[slot]))),
  roundTrip: hidden(figure(104, ({ columns }, slot, { milliseconds }) => known(columns.roundTripMs[slot], milliseconds))),
  retransmits: hidden(figure(116, ({ columns }, slot, format) => counted(columns.retransmits[slot], format))),
  unanswered: hidden(
    figure(116, ({ columns: { unanswered } }, slot, { integer }) =>
      unanswered[slot] === undefined || unanswered[slot] === absentUnanswered ? '' : integer(unanswered[slot]),
    ),
  ),
  segmentsSent: hidden(figure(128, ({ columns }, slot, format) => counted(columns.segmentsSent[slot], format))),
  receiveQueue: hidden(figure(126, ({ columns }, slot, format) => counted(columns.receiveQueue[slot], format))),
  sendQueue: hidden(figure(108, ({ columns }, slot, format) => counted(columns.sendQueue[slot], format))),
  acceptQueue: hidden(
    figure(146, ({ columns }, slot, format) => (listens(columns, slot) ? counted(columns.receiveQueue[slot], format) : '')),
  ),
  backlog: hidden(figure(118, ({ columns }, slot, format) => (listens(columns, slot) ? counted(columns.sendQueue[slot], format) : ''))),
  timer: hidden({ width: 140, text: timerText, exact: timerExact }),
  interface: hidden({ width: 100, text: textAt('interface') }),
  service: hidden({ width: 120, text: textAt('service') }),
  owners: hidden(figure(84, (mirror, slot, { integer }) => known(ownerCount(mirror, slot) || undefined, integer))),
  ownerNote: hidden({ width: 200, text: ownerNoteText }),
}

/** Ages from here on step by as much: a screen of young rows would else be written anew every second, which costs more than the rest. */
const coarseMs = 10_000

function coarseSpan(spanMs: number): number {
  return spanMs < coarseMs ? spanMs : spanMs - (spanMs % coarseMs)
}

/** Farthest time a JavaScript Date can stand for; anything beyond is a broken clock. */
const latestTime = 8.64e15

/** A time that is read as an age: "3 min". Youngest first on the first click. */
function age(width: number, atMs: Reading): Traits {
  return {
    width,
    align: 'end',
    text: (mirror, slot, { duration }) =>
      known(atMs(mirror, slot), (at) => (at > latestTime ? '' : duration(coarseSpan(mirror.takenAt - at)))),
    exact: (mirror, slot, { time }) => known(atMs(mirror, slot), (at) => time(at, mirror.takenAt)),
  }
}

function size(width: number, bytesOf: Reading): Traits {
  return {
    ...figure(width, (mirror, slot, { bytes }) => known(bytesOf(mirror, slot), bytes)),
    exact: (mirror, slot, { integer }) => known(bytesOf(mirror, slot), (bytes) => `${integer(bytes)} B`),
  }
}

function figure(width: number, text: CellText): Traits {
  return { width, align: 'end', firstDescending: true, text }
}

function hidden(column: Traits): Traits {
  return { ...column, hidden: true }
}

const columns = new Map(columnIds.map((id) => [id, tableColumn(id, traits[id])]))

/** Every column, in the usual order. */
export const tableColumns: readonly TableColumn[] = [...columns.values()]

export function columnOf(id: ColumnId): TableColumn {
  return columns.get(id) ?? tableColumn(id, traits[id])
}

function tableColumn(id: ColumnId, { width, text, exact, align, hidden: isHidden, firstDescending }: Traits): TableColumn {
  return {
    id,
    titleKey: `column.${id}`,
    width,
    pinned: false,
    place: columnIds.indexOf(id) + 1,
    align: align ?? 'start',
    shown: isHidden !== true,
    firstDescending: firstDescending === true,
    text: ({ mirror }, slot, format) => text(mirror, slot, format),
    ...(exact === undefined ? {} : { exact: ({ mirror }: TableView, slot: number, format: CellFormat) => exact(mirror, slot, format) }),
  }
}

function nameAndPid({ name, pid }: ProcessRecord): string {
  return name === undefined ? String(pid) : `${name} (${pid})`
}

/** The first owner and how many more there are; without one, why, in a word that fits. */
function processText(mirror: RowMirror, slot: number, format: CellFormat): string {
  const owner = mirror.ownerOf(slot)
  if (owner === undefined) {
    const word = visibilityOf(mirror, slot)
    return word === 'full' ? '' : format.translate(`missingOwner.${word}`)
  }
  const more = mirror.ownersOf(slot).length - 1
  const name = owner.name ?? String(owner.pid) // the PID has a column of its own beside this one
  return more > 0 ? `${name} +${more}` : name
}

function missingOwnerText(mirror: RowMirror, slot: number, format: CellFormat): string | undefined {
  return mirror.ownerOf(slot) === undefined ? visibilityText(mirror, slot, format) : undefined
}

function visibilityText(mirror: RowMirror, slot: number, { translate }: CellFormat): string {
  const word = visibilityOf(mirror, slot)
  return word === 'full' ? '' : translate(`visibility.${word}`)
}

const visibilityOf = ({ columns: { visibility } }: RowMirror, slot: number): Visibility => visibilities[visibility[slot] ?? 0] ?? 'pending'

function stateText(mirror: RowMirror, slot: number, format: CellFormat): string {
  const state = stateOfCode(mirror.columns.state[slot] ?? 0)
  return state === undefined ? '' : format.stateText(state)
}

/** "Keepalive 12 sec", counted from the look that told it. */
function timerText(mirror: RowMirror, slot: number, { translate, duration }: CellFormat): string {
  if (!timerShown(mirror.columns, slot)) return ''
  const word = translate(`timer.${timerKinds[mirror.columns.timerKind[slot] ?? 0] ?? 'none'}`)
  const rest = known(mirror.columns.timerExpiresAt[slot], (at) => duration(at - mirror.takenAt))
  return rest === '' ? word : `${word} ${rest}`
}

function timerExact(mirror: RowMirror, slot: number, { time }: CellFormat): string {
  return timerShown(mirror.columns, slot) ? known(mirror.columns.timerExpiresAt[slot], (at) => time(at, mirror.takenAt)) : ''
}

/** Why not every owner is known; else the owners that the process column has no room for. */
function ownerNoteText(mirror: RowMirror, slot: number, format: CellFormat): string {
  const note = visibilityText(mirror, slot, format)
  if (note !== '') return note
  const [, ...others] = mirror.ownersOf(slot)
  return others
    .flatMap((reference) => mirror.processes.get(reference) ?? [])
    .map(nameAndPid)
    .join(', ')
}
