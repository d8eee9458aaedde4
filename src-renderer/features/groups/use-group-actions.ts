/** What can be done with a line of a page of groups: with all sockets of a group, or with the one socket of a line. */
import { connectionAt, hasRemote } from '../../../src-shared/model/connection.ts'
import type { ProcessRecord } from '../../../src-shared/model/process.ts'
import { queryText } from '../../../src-shared/query/query-text.ts'
import { useCopy } from '../../composables/use-copy.ts'
import { useCopySlots } from '../../composables/use-copy-rows.ts'
import { useRowActions } from '../../composables/use-row-actions.ts'
import type { MessageKey } from '../../i18n/en.ts'
import { useText } from '../../i18n/use-text.ts'
import { useCloseConnection } from '../../stores/close-connection.ts'
import { useConnections } from '../../stores/connections.ts'
import { useEndProcess } from '../../stores/end-process.ts'
import { useNotices } from '../../stores/notices.ts'
import { useStatus } from '../../stores/status.ts'
import { written, type CopyFormat } from '../../view/export/cell-writer.ts'
import { ownersAmong } from '../../view/grouping/group-facts.ts'
import { isRow, type GroupPageModel, type RowValue, type Slots } from './group-page-model.ts'
import { groupWriter } from './group-writer.ts'
import { useShowLine, type ShowLine } from './use-show-line.ts'

export interface GroupActions<Group> extends ShowLine<Group> {
  /** Known owners that have not ended. */
  readonly endable: (value: Group | RowValue) => readonly ProcessRecord[]
  /** Sockets with another end, which alone can be closed. */
  readonly closable: (value: Group | RowValue) => readonly number[]
  /** Why the action is possible on no line at all; undefined when it depends on the line. */
  readonly endRefusal: () => string | undefined
  readonly closeRefusal: () => string | undefined
  /** Narrows the search of the page to the group, or to what is not of it. */
  only(group: Group): void
  exclude(group: Group): void
  /** Asks in the usual dialogs, or says why not. */
  end(value: Group | RowValue): void
  close(value: Group | RowValue): void
  copy(value: Group | RowValue, format: CopyFormat): void
}

export function useGroupActions<Group extends { readonly kind: string }>(model: GroupPageModel<Group>): GroupActions<Group> {
  const copyText = useCopy()
  const copySlots = useCopySlots()
  const { mirror, search } = model.rows
  const slotsOf = (value: Group | RowValue): Slots => (isRow(value) ? [value.slot] : model.slotsOf(value))
  const endable = (value: Group | RowValue): ProcessRecord[] => ownersAmong(mirror, slotsOf(value)).filter(({ exited }) => exited !== true)
  const closable = (value: Group | RowValue): number[] => {
    const further = isRow(value) ? [] : (model.furtherSlotsOf?.(value) ?? [])
    return [...new Set([...slotsOf(value), ...further])].filter((slot) => hasRemote(mirror, slot))
  }
  const { end, close, endRefusal, closeRefusal } = useAsking()
  return {
    ...useShowLine(model),
    endable,
    closable,
    endRefusal,
    closeRefusal,
    only(group) {
      const query = model.queryOf(group)
      // An alternative stands in parentheses among other terms.
      search.addTerm(queryText(query.kind === 'or' ? { kind: 'and', terms: [query] } : query))
    },
    exclude: (group) => search.addTerm(queryText({ kind: 'not', term: model.queryOf(group) })),
    end: (value) => end(endable(value)),
    close: (value) => close(closable(value)),
    copy(value, format) {
      if (isRow(value)) copySlots(format, [value.slot])
      else void copyText(written(groupWriter(model, format), [value]))
    },
  }
}

/** The two dialogs that ask before anything is ended or closed. */
function useAsking() {
  const { t } = useText()
  const rowActions = useRowActions()
  const notices = useNotices()
  const status = useStatus()
  const endFlow = useEndProcess()
  const closeFlow = useCloseConnection()
  const { mirror } = useConnections().view
  const inWords = (reason: MessageKey | undefined): string | undefined =>
    reason === undefined ? undefined : t(reason, rowActions.refusalParameters.value)
  const ask = (reason: MessageKey | undefined, run: () => void): void => {
    if (reason === undefined) run()
    else notices.show('info', reason, rowActions.refusalParameters.value)
  }
  return {
    endRefusal: () => inWords(rowActions.endUnavailable.value),
    closeRefusal: () => inWords(rowActions.closeUnavailable.value),
    end: (processes: readonly ProcessRecord[]): void => {
      const reason = rowActions.endUnavailable.value ?? (processes.length === 0 ? 'endProcess.unknownOwner' : undefined)
      ask(reason, () => void endFlow.open(processes))
    },
    close: (slots: readonly number[]): void => {
      const reason = rowActions.closeUnavailable.value ?? (slots.length === 0 ? 'groups.nothingToClose' : undefined)
      ask(reason, () =>
        closeFlow.open(
          slots.map((slot) => connectionAt(mirror, slot)),
          status.host?.ownPids ?? [],
        ),
      )
    },
  }
}
