/** What the page of processes says and knows of each of its lines. */
import { computed } from 'vue'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { remoteCount } from '../../view/grouping/distinct-remotes.ts'
import { oncePerLook } from '../groups/once-per-look.ts'
import { isSumColumn, sumRecord, sumText } from '../groups/group-columns.ts'
import type { GroupColumn } from '../groups/group-lines.ts'
import type { GroupPageModel } from '../groups/group-page-model.ts'
import type { GroupValueOfLine, GroupedRows } from '../groups/use-row-groups.ts'
import { describeProcessGroup, pidQuery, processGroupQuery, type ProcessGroup } from './process-groups.ts'
import type { ProcessLine } from './tree-lines.ts'
import { useProcessLines } from './use-process-lines.ts'

export interface ProcessPage {
  readonly model: GroupPageModel<ProcessLine>
  readonly rows: GroupedRows
  readonly describe: (line: SocketsOfLine) => ProcessGroup
}
type SocketsOfLine = Pick<GroupValueOfLine, 'group' | 'slots'>

const noSlots = new Int32Array(0)

export function useProcessPage(): ProcessPage {
  const { t } = useText()
  const format = useCellFormat()
  const { rows, lines, owners } = useProcessLines()
  const columns = useProcessColumns()
  const describe = oncePerLook<SocketsOfLine, ProcessGroup>(rows, ({ slots }) => describeProcessGroup(rows.mirror, slots, owners()))
  const remotesOf = oncePerLook<SocketsOfLine, number>(rows, ({ slots }) => remoteCount(rows.mirror, slots))
  const pidsOf = ({ processes }: ProcessGroup): string =>
    processes.length > 1 ? t('groups.processCount', { count: processes.length }) : String(processes[0]?.pid ?? '')
  const nameOf = (line: ProcessLine): string => {
    if (line.kind === 'ancestor') return visibleText(line.name ?? String(line.pid))
    if (line.kind === 'sockets') return t('groups.ownSockets', { count: line.slots.length })
    const { name, visibility } = describe(line)
    if (name !== undefined) return visibleText(name)
    return visibility === 'full' ? '' : t(`missingOwner.${visibility}`)
  }
  const textOf = (line: ProcessLine, column: string): string => {
    if (column === 'name') return nameOf(line)
    if (line.kind === 'ancestor') return column === 'pid' ? String(line.pid) : ''
    if (line.kind === 'sockets') return ''
    if (isSumColumn(column)) return sumText(rows.groups(), column, line.group, format.value, rows.mirror.takenAt)
    if (column === 'remotes') return format.value.integer(remotesOf(line))
    if (column === 'pid') return pidsOf(describe(line))
    return column === 'user' ? visibleText(describe(line).user ?? '') : ''
  }
  const recordOf = (line: ProcessLine): object => {
    if (line.kind === 'ancestor') return { name: line.name, processes: [{ pid: line.pid }] }
    const { name, user, visibility, processes } = describe(line)
    return {
      name,
      ...(name === undefined ? { visibility } : {}),
      processes: processes.map(({ pid, executable, startedAt }) => ({ pid, executable, startedAt })),
      user,
      remotes: remotesOf(line),
      ...sumRecord(rows.groups(), line.group),
    }
  }
  const summary = computed(() => {
    void rows.version.value
    return `${t(`groups.count.${owners()}`, { count: rows.order().length })} · ${t('groups.sockets', { count: rows.groups().counts.shown })}`
  })
  return {
    rows,
    describe,
    model: {
      page: 'processes',
      rows,
      columns,
      lines,
      summary,
      counts: () => rows.groups().counts,
      groups: () => rows.order().map(rows.valueOfGroup),
      nameOf: (line, typed) => (typed !== undefined && /^\d/u.test(typed) ? textOf(line, 'pid') : nameOf(line)),
      textOf,
      recordOf,
      slotsOf: (line) => (line.kind === 'ancestor' ? noSlots : line.slots),
      queryOf: (line) => (line.kind === 'ancestor' ? pidQuery(line.pid) : processGroupQuery(rows.mirror, line.slots, owners())),
    },
  }
}

function useProcessColumns() {
  const { t } = useText()
  return computed((): readonly GroupColumn[] => [
    { id: 'name', title: t('groups.column.process'), width: 170, grow: 3, firstOrder: 'ascending' },
    { id: 'pid', title: t('groups.column.pid'), width: 92, align: 'end', firstOrder: 'ascending' },
    { id: 'user', title: t('groups.column.user'), width: 84, grow: 0.6, firstOrder: 'ascending' },
    { id: 'sockets', title: t('groups.column.sockets'), width: 86, align: 'end', firstOrder: 'descending' },
    { id: 'states', title: t('groups.column.states'), width: 80, grow: 1, isDrawn: true },
    { id: 'listening', title: t('groups.column.listening'), width: 94, align: 'end', firstOrder: 'descending' },
    { id: 'remotes', title: t('groups.column.remotes'), width: 88, align: 'end', firstOrder: 'descending' },
    { id: 'curve', title: t('groups.column.lastMinutes'), width: 132, isDrawn: true },
    { id: 'receiveRate', title: t('groups.column.receiveRate'), width: 98, align: 'end', firstOrder: 'descending' },
    { id: 'sendRate', title: t('groups.column.sendRate'), width: 92, align: 'end', firstOrder: 'descending' },
    { id: 'received', title: t('groups.column.received'), width: 90, align: 'end', firstOrder: 'descending' },
    { id: 'sent', title: t('groups.column.sent'), width: 80, align: 'end', firstOrder: 'descending' },
    { id: 'actions', title: '', width: 60, align: 'end', isDrawn: true },
  ])
}
