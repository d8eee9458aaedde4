/** Rows of the lab as the command line shows them, with where they are and since when they are in their state. */
import { durationText } from '../../../src-shared/explain/findings/finding-values.ts'
import type { ExplainLanguage } from '../../../src-shared/explain/state-text.ts'
import type { Connection } from '../../../src-shared/model/connection.ts'
import { stateWord } from '../../../src-shared/model/state-spelling.ts'
import { tableLines, type TableCell, type TableColumn } from '../../../src-shared/text/text-table.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { OutputStream } from '../../../src-main/cli/environment.ts'
import { listColumns, type CellContext, type ListColumn, type ListColumnName } from '../../../src-main/cli/list-columns.ts'
import { messagesFor } from '../../../src-main/cli/messages/language.ts'
import { coloursFor } from '../../../src-main/cli/text/colours.ts'
import { labTexts } from './lab-texts.ts'

export interface LabRow {
  readonly connection: Connection
  readonly side?: 'server' | 'client'
  /** The row that it is all about. */
  readonly isHeld?: boolean
}

export interface TableSurroundings {
  readonly stream: OutputStream
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly language: ExplainLanguage
  /** Unix milliseconds of the look. */
  readonly now: number
}

/** The state and its age come first; what says least is last, where a narrow terminal cuts lines off. */
const shownColumns: readonly ListColumnName[] = ['timer', 'receive-queue', 'send-queue', 'local', 'remote', 'process', 'pid', 'backlog']
const heldMark = '>'

export function labTableLines(rows: readonly LabRow[], { stream, variables, language, now }: TableSurroundings): string[] {
  const messages = messagesFor(language)
  const texts = labTexts[language]
  const colours = coloursFor(stream, variables)
  const context: CellContext = {
    stateWord: ({ state }) => (state === undefined ? undefined : stateWord(state, 'rfc')),
    whyNoOwner: ({ visibility }) => messages.owner[visibility],
  }
  const cell = (name: ListColumnName, connection: Connection): TableCell => {
    const column: ListColumn = listColumns[name]
    const value = column.text === undefined ? column.value(connection) : column.text(connection, context)
    const paint = name === 'state' ? colours.state(connection.state) : undefined
    const text = value === undefined ? '-' : visibleText(String(value))
    return paint === undefined ? { text } : { text, paint }
  }
  const columns: TableColumn[] = [
    { header: '', align: 'left' },
    { ...listColumns.state, header: messages.column.state },
    { header: texts.inState, align: 'left' },
    ...shownColumns.map((name) => ({ ...listColumns[name], header: messages.column[name] })),
  ]
  const cells = rows.map(({ connection, side, isHeld = false }) => [
    { text: `${isHeld ? heldMark : ' '}${side === undefined ? '' : ` ${texts.side[side]}`}` },
    cell('state', connection),
    { text: ageText(connection, now, language) },
    ...shownColumns.map((name) => cell(name, connection)),
  ])
  return tableLines(columns, cells, stream.columns, colours.header)
}

/** What of a row is news: everything but the time that goes by. */
export function newsOf(rows: readonly LabRow[]): string {
  return JSON.stringify(
    rows.map(({ connection: { id, state, owners, timer, receiveQueue, sendQueue } }) => [
      id,
      state,
      owners.map(({ pid }) => pid),
      timer?.kind,
      receiveQueue,
      sendQueue,
    ]),
  )
}

function ageText({ state, stateSinceAt }: Connection, now: number, language: ExplainLanguage): string {
  if (state === undefined || stateSinceAt === undefined) return '-'
  return durationText(Math.max(0, now - Date.parse(stateSinceAt)), language)
}
