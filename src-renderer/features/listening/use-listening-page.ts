/** What the page of listening ports says and knows of each of its lines. */
import { computed } from 'vue'
import { termTexts } from '../../../src-shared/explain/findings/term-texts.ts'
import { localAddressText } from '../../../src-shared/model/connection.ts'
import type { AddressScope } from '../../../src-shared/model/address-scope.ts'
import type { Query } from '../../../src-shared/query/query.ts'
import { useCellFormat } from '../../composables/use-cell-format.ts'
import { useText } from '../../i18n/use-text.ts'
import { acceptedSlots, type ListeningPort } from '../../view/grouping/listening-ports.ts'
import type { GroupColumn } from '../groups/group-lines.ts'
import type { GroupPageModel } from '../groups/group-page-model.ts'
import { breadthOf, sensitiveOf } from './listening-words.ts'
import { programName, useListeningLines, type ListeningLine } from './use-listening-lines.ts'

export interface ListeningPage {
  readonly model: GroupPageModel<ListeningLine>
  /** Why others should not reach what runs there; undefined where that is no worry. */
  readonly riskOf: (port: ListeningPort) => string | undefined
  readonly hintOf: (line: ListeningLine, column: string) => string | undefined
  readonly scopeOf: (line: ListeningLine) => AddressScope
}

export const portsOf = (line: ListeningLine): readonly ListeningPort[] => (line.kind === 'port' ? [line.port] : line.ports)
const scopeOf = (line: ListeningLine): AddressScope => widest(portsOf(line))
export const queueIsFull = ({ queued, backlog }: ListeningPort): boolean =>
  queued !== undefined && backlog !== undefined && queued > 0 && queued >= backlog

export function useListeningPage(): ListeningPage {
  const { t, locale } = useText()
  const { rows, ports, lines, counts, ownerName, serviceName } = useListeningLines()
  const { mirror } = rows
  const texts = useListeningTexts(mirror, { ownerName, serviceName })
  const columns = useListeningColumns(() => rows.state.value.grouping === 'program')
  const riskOf = (port: ListeningPort): string | undefined => {
    // Only what others can reach is worth a warning.
    const service = port.scope === 'loopback' ? undefined : sensitiveOf(port)
    if (service === undefined) return undefined
    return t('groups.risk', { service: service.name, risk: termTexts[locale.value].factValues.risk[service.risk] ?? '' })
  }
  const textOf = (line: ListeningLine, column: string): string => {
    if (line.kind === 'port') return texts.textOf(line.port, column)
    if (column === 'port') return line.name
    if (column === 'service') return t('groups.ports', { count: line.ports.length })
    return column === 'exposure' ? t(`groups.scope.${scopeOf(line)}`) : ''
  }
  const summary = computed(() => {
    const open = ports.value.filter(({ scope }) => scope !== 'loopback').length
    return `${t('groups.ports', { count: ports.value.length })} · ${t('groups.reachable', { count: open })}`
  })
  const nameOf = (line: ListeningLine, typed?: string): string => {
    if (line.kind === 'program') return line.name
    if (typed === undefined) return texts.textOf(line.port, 'port')
    return /^\d/u.test(typed) ? String(line.port.port) : serviceName(line.port) || ownerName(line.port)
  }
  return {
    scopeOf,
    riskOf,
    hintOf: (line, column) => (line.kind === 'port' ? texts.hintOf(line.port, column) : undefined),
    model: {
      page: 'listening',
      rows,
      columns,
      lines,
      summary,
      counts,
      groups: () => ports.value.map((port) => ({ kind: 'port', port })),
      nameOf,
      textOf,
      recordOf: (line) => (line.kind === 'port' ? texts.recordOf(line.port) : { name: line.name, ports: line.ports.map(texts.recordOf) }),
      slotsOf: (line) => portsOf(line).flatMap(({ slots }) => slots),
      queryOf: (line) => portsQuery(portsOf(line)),
      // Connections through a port are in other states than the port, and may belong to other processes.
      showsBeyondSearch: true,
      furtherSlotsOf: (line) => portsOf(line).flatMap((port) => acceptedSlots(mirror, port)),
    },
  }
}

/** The listeners and, for TCP, what came in through them. */
function portsQuery(ports: readonly ListeningPort[]): Query {
  const terms = ports.map(({ port, protocol }): Query => ({
    kind: 'and',
    terms: [
      { kind: 'protocol', values: [{ protocol }] },
      { kind: 'number', key: 'lport', values: [{ op: '=', value: { amount: port, unit: '' } }] },
    ],
  }))
  const [only, ...others] = terms
  return only === undefined || others.length > 0 ? { kind: 'or', terms } : only
}

function useListeningTexts(
  mirror: Parameters<typeof localAddressText>[0],
  { ownerName, serviceName }: Record<'ownerName' | 'serviceName', (port: ListeningPort) => string>,
) {
  const { t } = useText()
  const format = useCellFormat()
  const addressesOf = ({ slots }: ListeningPort): string[] => [...new Set(slots.map((slot) => localAddressText(mirror, slot)))]
  const ownersText = (port: ListeningPort): string => {
    const more = port.owners.length - 1
    const pid = port.owners[0]?.pid
    return `${ownerName(port)}${pid === undefined || more > 0 ? '' : ` (${pid})`}${more > 0 ? ` +${more}` : ''}`
  }
  const sinceText = ({ firstSeenAt, mayBeOlder }: ListeningPort): string => {
    const span = format.value.duration(mirror.takenAt - firstSeenAt)
    return mayBeOlder ? t('groups.atLeast', { span }) : span
  }
  const sinceHint = ({ firstSeenAt, mayBeOlder, owners }: ListeningPort): string => {
    const { time } = format.value
    const seen = t(mayBeOlder ? 'groups.thereFromStart' : 'groups.firstSeenAt', { time: time(firstSeenAt, mirror.takenAt) })
    const started = owners[0]?.startedAt
    return started === undefined ? seen : `${seen} ${t('groups.processStarted', { time: time(started, mirror.takenAt) })}`
  }
  const queueText = ({ queued, backlog }: ListeningPort): string => {
    if (queued === undefined) return ''
    return backlog === undefined ? format.value.integer(queued) : `${format.value.integer(queued)} / ${format.value.integer(backlog)}`
  }
  const words: Readonly<Record<string, (port: ListeningPort) => string>> = {
    port: ({ port, protocol }) => `${port} ${protocol.toUpperCase()}`,
    service: serviceName,
    exposure: ({ scope }) => t(`groups.scope.${scope}`),
    address: (port) => addressesOf(port).join(', '),
    owner: ownersText,
    since: sinceText,
    accepted: ({ accepted }) => (accepted === undefined ? '' : format.value.integer(accepted)),
    queue: queueText,
  }
  const textOf = (port: ListeningPort, column: string): string => words[column]?.(port) ?? ''
  return {
    textOf,
    hintOf: (port: ListeningPort, column: string): string => {
      if (column === 'since') return sinceHint(port)
      if (column === 'exposure') return t(`groups.scopeMeaning.${port.scope}`)
      if (column === 'owner') return port.owners.map((owner) => `${programName(owner)} (${owner.pid})`).join(', ')
      return column === 'queue' && queueIsFull(port) ? t('groups.queueFull') : textOf(port, column)
    },
    recordOf: (port: ListeningPort): object => ({
      protocol: port.protocol,
      port: port.port,
      service: serviceName(port) || undefined,
      reach: port.scope,
      addresses: addressesOf(port),
      owners: port.owners.map(({ pid, name, executable, user }) => ({ pid, name, executable, user })),
      firstSeenAt: port.firstSeenAt,
      mayBeOlder: port.mayBeOlder,
      connections: port.accepted,
      queued: port.queued,
      backlog: port.backlog,
    }),
  }
}

function useListeningColumns(byProgram: () => boolean) {
  const { t } = useText()
  return computed((): readonly GroupColumn[] => [
    { id: 'port', title: t('groups.column.port'), width: byProgram() ? 170 : 116, firstOrder: 'ascending' },
    { id: 'service', title: t('groups.column.service'), width: 130, grow: 1, firstOrder: 'ascending' },
    { id: 'exposure', title: t('groups.column.exposure'), width: 150, grow: 0.6, firstOrder: 'descending' },
    { id: 'address', title: t('groups.column.addresses'), width: 130, grow: 1 },
    { id: 'owner', title: t('groups.column.listener'), width: 140, grow: 1, firstOrder: 'ascending' },
    { id: 'since', title: t('groups.column.since'), width: 118, align: 'end', firstOrder: 'descending' },
    { id: 'accepted', title: t('groups.column.accepted'), width: 110, align: 'end', firstOrder: 'descending' },
    { id: 'queue', title: t('groups.column.queue'), width: 104, align: 'end', firstOrder: 'descending' },
    { id: 'actions', title: '', width: 60, align: 'end', isDrawn: true },
  ])
}

const widest = (list: readonly ListeningPort[]): AddressScope =>
  list.reduce<AddressScope>((best, { scope }) => (breadthOf(scope) > breadthOf(best) ? scope : best), 'loopback')
