import { absentCount, timerKinds } from '../../src-shared/model/columns.ts'
import { hasRemote, localAddressText, remoteAddressText } from '../../src-shared/model/connection.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import type { RowMirror } from '../../src-shared/model/row-mirror.ts'
import { stateOfCode } from '../../src-shared/model/tcp-state.ts'
import { visibilities } from '../../src-shared/model/visibility.ts'
import { columnIds, type ColumnId } from './column-id.ts'
import type { CellFormat } from './format.ts'
import { timerShown, userText } from './row-facts.ts'
import type { TableView } from './table-view.ts'

export interface TableColumn {
  readonly id: ColumnId
  /** `column.<id>` */
  readonly titleKey: `column.${ColumnId}`
  /** CSS pixels. Room for the English title with the arrow of the order in a wide font (DejaVu Sans). */
  readonly width: number
  readonly align: 'start' | 'end'
  /** Among the columns a new user sees. */
  readonly shown: boolean
  /** Sorted largest first on the first click. */
  readonly firstDescending: boolean
  /** The cell's text; empty for what is not known. */
  readonly text: (view: TableView, slot: number, format: CellFormat) => string
}

type CellText = (mirror: RowMirror, slot: number, format: CellFormat) => string
interface Traits {
  readonly width: number
  readonly text: CellText
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

const traits: Readonly<Record<ColumnId, Traits>> = {
  process: { width: 160, text: processText },
  pid: { width: 64, align: 'end', text: (mirror, slot) => plain(mirror.ownerOf(slot)?.pid) },
  protocol: { width: 94, text: ({ columns: c }, slot) => (c.protocol[slot] === 1 ? 'UDP' : 'TCP') + (c.family[slot] === 6 ? 'v6' : '') },
  state: { width: 122, text: stateText },
  localAddress: { width: 138, text: localAddressText },
  localPort: { width: 108, align: 'end', text: ({ columns }, slot) => plain(columns.localPort[slot]) },
  remoteAddress: { width: 152, text: (mirror, slot) => (hasRemote(mirror, slot) ? remoteAddressText(mirror, slot) : anyone) },
  remotePort: {
    width: 126,
    align: 'end',
    text: (mirror, slot) => (hasRemote(mirror, slot) ? plain(mirror.columns.remotePort[slot]) : anyone),
  },
  user: { width: 86, text: (mirror, slot) => userText(mirror, slot) ?? '' },
  executable: { width: 200, text: (mirror, slot) => mirror.ownerOf(slot)?.executable ?? '' },
  firstSeen: {
    width: 108,
    align: 'end',
    firstDescending: true,
    text: (mirror, slot, { time }) => known(mirror.columns.firstSeenAt[slot], (value) => time(value, mirror.takenAt)),
  },
  received: figure(100, ({ columns }, slot, { bytes }) => known(columns.receivedBytes[slot], bytes)),
  sent: figure(88, ({ columns }, slot, { bytes }) => known(columns.sentBytes[slot], bytes)),
  receiveRate: figure(126, ({ columns }, slot, { rate }) => known(columns.receiveRate[slot], rate)),
  sendRate: figure(106, ({ columns }, slot, { rate }) => known(columns.sendRate[slot], rate)),
  roundTrip: hidden(figure(108, ({ columns }, slot, { milliseconds }) => known(columns.roundTripMs[slot], milliseconds))),
  retransmits: hidden(figure(116, ({ columns }, slot, format) => counted(columns.retransmits[slot], format))),
  receiveQueue: hidden(figure(136, ({ columns }, slot, format) => counted(columns.receiveQueue[slot], format))),
  sendQueue: hidden(figure(114, ({ columns }, slot, format) => counted(columns.sendQueue[slot], format))),
  timer: { width: 130, hidden: true, text: timerText },
  interface: { width: 100, hidden: true, text: (mirror, slot) => mirror.stringAt(mirror.columns.interface[slot] ?? 0) ?? '' },
  service: { width: 120, hidden: true, text: (mirror, slot) => mirror.stringAt(mirror.columns.service[slot] ?? 0) ?? '' },
  ownerNote: { width: 200, hidden: true, text: ownerNoteText },
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

function tableColumn(id: ColumnId, { width, text, align, hidden: isHidden, firstDescending }: Traits): TableColumn {
  return {
    id,
    titleKey: `column.${id}`,
    width,
    align: align ?? 'start',
    shown: isHidden !== true,
    firstDescending: firstDescending === true,
    text: ({ mirror }, slot, format) => text(mirror, slot, format),
  }
}

function nameAndPid({ name, pid }: ProcessRecord): string {
  return name === undefined ? String(pid) : `${name} (${pid})`
}

/** The first owner and how many more there are; without one, why. */
function processText(mirror: RowMirror, slot: number, format: CellFormat): string {
  const owner = mirror.ownerOf(slot)
  if (owner === undefined) return visibilityText(mirror, slot, format)
  const more = mirror.ownersOf(slot).length - 1
  const name = owner.name ?? String(owner.pid) // the PID has a column of its own beside this one
  return more > 0 ? `${name} +${more}` : name
}

function visibilityText({ columns: { visibility } }: RowMirror, slot: number, { translate }: CellFormat): string {
  const word = visibilities[visibility[slot] ?? 0] ?? 'pending'
  return word === 'full' ? '' : translate(`visibility.${word}`)
}

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
