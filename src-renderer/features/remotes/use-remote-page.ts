/** What the page of remote hosts says and knows of each of its lines. */
import { computed } from 'vue'
import { remoteAddressText } from '../../../src-shared/model/connection.ts'
import type { RowMirror } from '../../../src-shared/model/row-mirror.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import type { GroupPageState } from '../../stores/group-pages.ts'
import { medianRoundTrip, ownerCountAmong, ownersAmong, servicePorts, type ServicePort } from '../../view/grouping/group-facts.ts'
import type { GroupValue } from '../../view/grouping/group-order.ts'
import { listeningPortSet } from '../../view/grouping/listening-ports.ts'
import { groupingByRemote, remoteGroupings, remoteRank, type RemoteGrouping } from '../../view/grouping/remote-groupings.ts'
import type { RowGroups } from '../../view/grouping/row-groups.ts'
import { oncePerLook } from '../groups/once-per-look.ts'
import { isSumColumn, sumOf, sumRecord, sumText } from '../groups/group-columns.ts'
import type { GroupColumn } from '../groups/group-lines.ts'
import type { GroupPageModel } from '../groups/group-page-model.ts'
import { useRowGroups, type GroupedRows, type GroupValueOfLine } from '../groups/use-row-groups.ts'
import { describeRemote, remoteQuery } from './remote-group.ts'

export interface RemotePage {
  readonly model: GroupPageModel<GroupValueOfLine>
  readonly rows: GroupedRows
  readonly hintOf: (line: GroupValueOfLine, column: string) => string | undefined
}

/** Names in a cell before the rest is counted. */
const namedAtMost = 2
/** Addresses of a network below the pointer. */
const hintedAtMost = 20

const firstSlot = ({ slots }: GroupValueOfLine): number => slots[0] ?? 0
const byOf = (grouping: string): RemoteGrouping => remoteGroupings.find((each) => each === grouping) ?? 'address'

export function useRemotePage(): RemotePage {
  const { t } = useText()
  const format = useCellFormat()
  const rows = useRowGroups({ page: 'remotes', groupingOf: (name) => groupingByRemote(byOf(name)), valueOf })
  const by = (): RemoteGrouping => byOf(rows.state.value.grouping)
  const columns = useRemoteColumns(by)
  const { describe, hostOf, servicesOf, processNames, portNames } = useRemoteWords(rows, by)
  const roundTripOf = oncePerLook<GroupValueOfLine, number>(rows, ({ slots }) => medianRoundTrip(rows.mirror, slots))
  const textOf = (line: GroupValueOfLine, column: string): string => {
    if (isSumColumn(column)) return sumText(rows.groups(), column, line.group, format.value, rows.mirror.takenAt)
    if (column === 'address') return describe(line).title
    if (column === 'host') return hostOf(line)
    if (column === 'processes') return someOf(processNames(line))
    if (column === 'ports') return someOf(portNames(line))
    const median = column === 'roundTrip' ? roundTripOf(line) : Number.NaN
    return Number.isNaN(median) ? '' : format.value.milliseconds(median)
  }
  const recordOf = (line: GroupValueOfLine): object => {
    const { title, about } = describe(line)
    const median = roundTripOf(line)
    return {
      [by()]: title,
      ...about,
      processes: ownersAmong(rows.mirror, line.slots).map(({ pid, name }) => ({ pid, name })),
      services: servicesOf(line),
      ...sumRecord(rows.groups(), line.group),
      ...(Number.isNaN(median) ? {} : { roundTripMs: median }),
    }
  }
  const hintOf = (line: GroupValueOfLine, column: string): string | undefined => {
    if (column === 'processes') return processNames(line).join(', ')
    if (column === 'ports') return [t('groups.portsHint'), ...portNames(line)].join('\n')
    if (column === 'address' && by() !== 'address')
      return [...new Set([...line.slots].map((slot) => remoteAddressText(rows.mirror, slot)))].slice(0, hintedAtMost).join(', ')
    return column === 'host' ? hostOf(line) : undefined
  }
  const summary = computed(() => {
    void rows.version.value
    const count = t(`groups.count.${by()}`, { count: rows.order().length })
    return `${count} · ${t('groups.connections', { count: rows.groups().counts.shown })}`
  })
  return {
    rows,
    hintOf,
    model: {
      page: 'remotes',
      rows,
      columns,
      lines: rows.lines,
      summary,
      counts: () => rows.groups().counts,
      groups: () => rows.order().map(rows.valueOfGroup),
      nameOf: (line) => describe(line).title,
      textOf,
      recordOf,
      slotsOf: ({ slots }) => slots,
      queryOf: (line) => remoteQuery(rows.mirror, firstSlot(line), by()),
      addressOf: (line) => ({ address: describe(line).address, isNetwork: by() === 'network' }),
    },
  }
}

function useRemoteWords(rows: GroupedRows, by: () => RemoteGrouping) {
  const { mirror } = rows
  /** Made once per look, when the first cell asks. */
  const isListening = computed(() => {
    void rows.version.value
    return listeningPortSet(mirror)
  })
  const describe = ({ slots }: GroupValueOfLine) => describeRemote(mirror, slots[0] ?? 0, by())
  const portName = ({ port, protocol, inward }: ServicePort): string => {
    const { services } = mirror.names
    const name = inward ? services?.ofListener(port, protocol) : services?.ofEnd(port, protocol)
    const number = protocol === 'udp' ? `${port}/udp` : String(port)
    return `${inward ? '←' : '→'} ${name === undefined ? number : `${name} ${number}`}`
  }
  const servicesOf = ({ slots }: GroupValueOfLine): readonly ServicePort[] => servicePorts(mirror, slots, isListening.value)
  return {
    describe,
    hostOf: (line: GroupValueOfLine): string => {
      const { host, country, network } = describe(line).about
      return [host, network, country].flatMap((part) => (part === undefined ? [] : visibleText(part))).join(' · ')
    },
    servicesOf,
    processNames: oncePerLook<GroupValueOfLine, string[]>(rows, ({ slots }) => [
      ...new Set(ownersAmong(mirror, slots).map(({ name, pid }) => visibleText(name ?? String(pid)))),
    ]),
    portNames: oncePerLook<GroupValueOfLine, string[]>(rows, (line) => servicesOf(line).map(portName)),
  }
}

function useRemoteColumns(by: () => RemoteGrouping) {
  const { t } = useText()
  return computed((): readonly GroupColumn[] => [
    { id: 'address', title: t(`groups.column.${by()}`), width: 170, grow: 1.4, firstOrder: 'ascending' },
    ...(by() === 'address' ? [{ id: 'host', title: t('groups.column.host'), width: 90, grow: 1.6 }] : []),
    { id: 'sockets', title: t('groups.column.connections'), width: 112, align: 'end', firstOrder: 'descending' },
    { id: 'states', title: t('groups.column.states'), width: 70, grow: 1, isDrawn: true },
    { id: 'processes', title: t('groups.column.processes'), width: 118, grow: 1.6, firstOrder: 'descending' },
    { id: 'ports', title: t('groups.column.services'), width: 128, grow: 1.4, firstOrder: 'descending' },
    { id: 'receiveRate', title: t('groups.column.receiveRate'), width: 98, align: 'end', firstOrder: 'descending' },
    { id: 'sendRate', title: t('groups.column.sendRate'), width: 92, align: 'end', firstOrder: 'descending' },
    { id: 'received', title: t('groups.column.received'), width: 90, align: 'end', firstOrder: 'descending' },
    { id: 'sent', title: t('groups.column.sent'), width: 76, align: 'end', firstOrder: 'descending' },
    { id: 'roundTrip', title: t('groups.column.roundTrip'), width: 80, align: 'end', firstOrder: 'descending' },
    { id: 'firstSeen', title: t('groups.column.firstSeen'), width: 100, align: 'end', firstOrder: 'descending' },
    { id: 'actions', title: '', width: 38, align: 'end', isDrawn: true },
  ])
}

function valueOf(mirror: RowMirror, groups: RowGroups, { sort: { column } }: GroupPageState): GroupValue {
  if (isSumColumn(column)) return sumOf(groups, column)
  if (column === 'processes') return (group) => ownerCountAmong(mirror, groups.slotsOf(group))
  if (column === 'roundTrip') return (group) => medianRoundTrip(mirror, groups.slotsOf(group))
  if (column === 'ports') {
    const isListening = listeningPortSet(mirror)
    // One socket has one service; most hosts have one socket.
    return (group) => (groups.totals.sockets[group] === 1 ? 1 : servicePorts(mirror, groups.slotsOf(group), isListening).length)
  }
  return (group) => remoteRank(mirror, groups.firstSlotOf(group))
}

function someOf(all: readonly string[]): string {
  const more = all.length - namedAtMost
  return all.slice(0, namedAtMost).join(', ') + (more > 0 ? ` +${more}` : '')
}
