import type { Connection, Owner } from '../../model/connection.ts'
import { endpointText, processText } from '../findings/finding-subject.ts'
import { durationText, numberText } from '../findings/finding-values.ts'
import type { ExplainLanguage } from '../state-text.ts'
import type { ReportBlock, ReportColumn } from './report-block.ts'
import { reportLabels } from './report-labels.ts'

/** Rows that prove a finding, as far as they were asked for. */
export interface ReportEvidence {
  readonly connections: readonly Connection[]
  /** There may be more than `connections`. */
  readonly total: number
}

/** More rows make a report that nobody reads; the command line lists all of them. */
export const maximumReportRows = 50

/** Empty when no row is left. `now` is Unix milliseconds. */
export function evidenceBlocks({ connections, total }: ReportEvidence, now: number, language: ExplainLanguage): ReportBlock[] {
  const shown = connections.slice(0, maximumReportRows)
  if (shown.length === 0) return []
  const labels = reportLabels[language]
  const { columns } = labels
  const headers: readonly ReportColumn[] = [
    ...[columns.state, columns.local, columns.remote, columns.process].map((header) => ({ header, align: 'left' }) as const),
    ...[columns.age, columns.receiveQueue, columns.sendQueue, columns.retransmits].map((header) => ({ header, align: 'right' }) as const),
  ]
  const table: ReportBlock = { kind: 'table', columns: headers, rows: shown.map((connection) => rowOf(connection, now, language)) }
  const more = total - shown.length
  return more > 0 ? [table, { kind: 'paragraph', text: labels.moreRows(numberText(more, language)) }] : [table]
}

function rowOf(connection: Connection, now: number, language: ExplainLanguage): string[] {
  const { state = '', local, remote, receiveQueue, sendQueue, backlog, retransmits } = connection
  const count = (value: number | undefined): string => (value === undefined ? '' : numberText(value, language))
  return [
    state,
    endpointText(local),
    remote === undefined ? '' : endpointText(remote),
    ownersText(connection, language),
    ageText(connection, now, language),
    count(receiveQueue),
    count(sendQueue ?? backlog),
    count(retransmits),
  ]
}

function ownersText({ owners, visibility }: Connection, language: ExplainLanguage): string {
  if (owners.length === 0) return reportLabels[language].owner[visibility]
  return owners.map((owner: Owner) => processText({ ...owner, startToken: '' })).join(', ')
}

/** Rows that were in their state before the watching began have been so for at least as long as they were watched. */
function ageText({ stateSinceAt, firstSeenAt }: Connection, now: number, language: ExplainLanguage): string {
  const age = durationText(Math.max(0, now - Date.parse(stateSinceAt ?? firstSeenAt)), language)
  return stateSinceAt === undefined ? `≥ ${age}` : age
}
