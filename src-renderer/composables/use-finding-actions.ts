/** What can be done about a finding: the dialogs and checks are those of the table, on the rows and processes that the finding names. */
import { computed, type ComputedRef } from 'vue'
import type { Finding, FindingProcess } from '../../src-shared/contract/diagnosis.ts'
import { maximumTargets } from '../../src-shared/contract/contract.ts'
import type { FindingExplanation } from '../../src-shared/explain/findings/explain-finding.ts'
import { connectionAt, type Connection } from '../../src-shared/model/connection.ts'
import type { ProcessRecord } from '../../src-shared/model/process.ts'
import { useText } from '../i18n/use-text.ts'
import { useConnections } from '../stores/connections.ts'
import { useEndProcess } from '../stores/end-process.ts'
import { useEvidence } from '../stores/evidence.ts'
import { useNotices } from '../stores/notices.ts'
import { useCellFormat } from './use-cell-format.ts'
import { useFindingReport } from './use-finding-report.ts'
import { useFindingText } from './use-finding-text.ts'
import { useRowActions } from './use-row-actions.ts'
import { useShowEvidence } from './use-show-evidence.ts'
import { useTraceRow } from './use-trace-row.ts'

/** The first rows of a finding are as good as any: one of them can be traced, or none can. */
const triedAtMost = 20

export interface OfferedAction {
  readonly kind: 'close' | 'end' | 'trace'
  readonly text: string
  /** What it would do, or why it is disabled. */
  readonly hint: string
  readonly disabled: boolean
  readonly run: () => void
}

export interface FindingActions {
  readonly offered: ComputedRef<readonly OfferedAction[]>
  /** What the actions do not reach; undefined when they reach everything. */
  readonly limit: ComputedRef<string | undefined>
  /** Shows the rows, and none but those, in the table. */
  showRows(): void
  /** The finding as Markdown. */
  copyReport(): void
}

export function useFindingActions(finding: () => Finding, explained: () => Pick<FindingExplanation, 'actions'>): FindingActions {
  const { t } = useText()
  const words = useFindingText()
  const actions = useRowActions()
  const evidence = useEvidence()
  const connections = useConnections()
  const endFlow = useEndProcess()
  const notices = useNotices()
  const traceRow = useTraceRow()
  const format = useCellFormat()
  const integer = (value: number): string => format.value.integer(value)
  const showEvidence = useShowEvidence()
  const copyReport = useFindingReport()

  const closeRows = (): void => {
    const ids = evidence.of(finding().id)?.ids ?? []
    if (ids.length === 0) notices.show('info', 'diagnosis.rowsUnknown')
    else actions.closeConnectionsOf(ids.slice(0, maximumTargets))
  }
  const closing = computed((): OfferedAction[] => {
    if (!explained().actions.includes('close-rows')) return []
    const reason = actions.closeUnavailable.value
    const count = Math.min(finding().rows, maximumTargets)
    return [
      {
        kind: 'close',
        text: t('diagnosis.closeRows', { count, number: integer(count) }),
        hint: reason === undefined ? t('closeConnection.description') : t(reason, actions.refusalParameters.value),
        disabled: reason !== undefined,
        run: closeRows,
      },
    ]
  })
  /** A connection of the finding that can be traced; or any, to tell why it cannot. */
  const traceable = (): Connection | undefined => {
    const { view } = connections
    const found = (evidence.of(finding().id)?.ids ?? []).slice(0, triedAtMost).flatMap((id) => {
      const slot = view.slotOfIdentity(id)
      return slot === undefined ? [] : [connectionAt(view.mirror, slot)]
    })
    return found.find((connection) => traceRow.refusalOf(connection) === undefined) ?? found[0]
  }
  const traceOne = (): void => {
    const connection = traceable()
    if (connection === undefined) notices.show('info', 'diagnosis.rowsUnknown')
    else traceRow.open(connection)
  }
  const tracing = computed((): OfferedAction[] => {
    if (!explained().actions.includes('trace-one')) return []
    const connection = traceable()
    const refusal = connection === undefined ? undefined : traceRow.refusalOf(connection)
    const disabled = refusal !== undefined
    return [{ kind: 'trace', text: t('diagnosis.traceOne'), hint: refusal ?? t('trace.intro'), disabled, run: traceOne }]
  })
  const ending = computed((): OfferedAction[] => {
    if (!explained().actions.includes('end-process')) return []
    const { process, otherProcesses = [] } = finding()
    const reason = actions.endUnavailable.value
    return [...(process === undefined ? [] : [process]), ...otherProcesses].map((each) => ({
      kind: 'end',
      text: t('diagnosis.endProcess', { name: words.processName(each) }),
      hint: reason === undefined ? t('endProcess.description') : t(reason, actions.refusalParameters.value),
      disabled: reason !== undefined,
      run: () => void endFlow.open([recordOf(each)]),
    }))
  })
  /** The record of the table where there is one; a process without rows is known by its identity all the same. */
  const recordOf = (process: FindingProcess): ProcessRecord => {
    const { processes } = connections.view.mirror
    for (const record of processes.values()) if (record.pid === process.pid && record.startToken === process.startToken) return record
    return { ...process, ref: 0 }
  }
  return {
    offered: computed(() => [...closing.value, ...ending.value, ...tracing.value]),
    limit: computed(() => {
      const { rows } = finding()
      if (closing.value.length === 0 || rows <= maximumTargets) return undefined
      return t('diagnosis.closeBounded', { limit: integer(maximumTargets), number: integer(rows) })
    }),
    showRows: () => void showEvidence(finding()),
    copyReport: () => void copyReport(finding().id),
  }
}
