/** A gauges report as lines of text and numbers, one per bar. */
import type { FindingProcess } from '../../../src-shared/contract/diagnosis.ts'
import type { GaugeId, GaugesReport, LimitGauge } from '../../../src-shared/contract/gauges.ts'
import { endpointText } from '../../../src-shared/explain/findings/finding-subject.ts'
import { tcpStates } from '../../../src-shared/model/tcp-state.ts'
import { visibleText } from '../../../src-shared/text/visible-text.ts'
import type { Text } from '../../i18n/use-text.ts'
import type { CellFormat } from '../../view/format.ts'

export interface GaugeRow {
  readonly key: string
  readonly label: string
  /** Use and limit in words. */
  readonly text: string
  readonly used: number
  /** Absent where the system tells no limit: there is no bar then. */
  readonly limit?: number
  readonly detail?: string
}

export interface GaugeRows {
  readonly rows: readonly GaugeRow[]
  /** Less full ones that are not listed. */
  readonly more: number
}

export interface GaugeWords {
  readonly t: Text['t']
  readonly format: CellFormat
  readonly percent: (share: number) => string
}

/** Per gauge: the fullest say whether anything is tight; the others only take room. */
const listedAtMost = 5

/** Below this share of its limit only the fullest is worth its line. */
const worthALine = 0.01

export function gaugeRows(id: GaugeId, report: GaugesReport, words: GaugeWords): GaugeRows {
  const all = rowsOf(id, report, words)
  const rows = all
    .filter(({ used, limit }, index) => index === 0 || limit === undefined || used >= limit * worthALine)
    .slice(0, listedAtMost)
  return { rows, more: all.length - rows.length }
}

function rowsOf(id: GaugeId, report: GaugesReport, words: GaugeWords): readonly GaugeRow[] {
  switch (id) {
    case 'ports':
      return portRows(report, words)
    case 'descriptors':
      return descriptorRows(report, words)
    case 'accept-queues':
      return queueRows(report, words)
    case 'orphans':
      return limitRow(report.orphans, id, words)
    case 'time-wait':
      return limitRow(report.timeWait, id, words)
    case 'tcp-memory':
      return limitRow(report.tcpMemory, id, words)
  }
}

function portRows({ ports, portRange }: GaugesReport, words: GaugeWords): GaugeRow[] {
  const limit = portRange === undefined ? undefined : portRange[1] - portRange[0] + 1
  return ports.map(({ localAddress, remote, used, byState, process }) => {
    const label = words.t('gauge.fromTo', { local: localAddress, remote: endpointText(remote) })
    const states = tcpStates
      .filter((state) => (byState[state] ?? 0) > 0)
      .map((state) => `${words.format.stateText(state)} ${words.format.integer(byState[state] ?? 0)}`)
    const parts = [...(process === undefined ? [] : [processText(process, words)]), ...states]
    return { ...bar(label, label, used, limit, words), ...(parts.length === 0 ? {} : { detail: parts.join(' · ') }) }
  })
}

function descriptorRows({ descriptors }: GaugesReport, words: GaugeWords): GaugeRow[] {
  return descriptors.map((process) => ({
    ...bar(`${process.pid} ${process.startToken}`, processText(process, words), process.used, process.limit, words),
    detail: words.t('gauge.sockets', { count: process.sockets, number: words.format.integer(process.sockets) }),
  }))
}

function queueRows({ acceptQueues }: GaugesReport, words: GaugeWords): GaugeRow[] {
  return acceptQueues.map(({ id, local, process, waiting, backlog }) => {
    const owner = process === undefined ? words.t('gauge.unknownProcess') : processText(process, words)
    return bar(id, `${endpointText(local)} · ${owner}`, waiting, backlog, words)
  })
}

function limitRow(gauge: LimitGauge | undefined, id: GaugeId, words: GaugeWords): GaugeRow[] {
  if (gauge === undefined) return []
  const write = id === 'tcp-memory' ? words.format.bytes : words.format.integer
  return [bar(id, words.t('gauge.wholeSystem'), gauge.used, gauge.limit, words, write)]
}

function bar(
  key: string,
  label: string,
  used: number,
  limit: number | undefined,
  { t, format, percent }: GaugeWords,
  write: (value: number) => string = format.integer,
): GaugeRow {
  if (limit === undefined) return { key, label, used, text: t('gauge.usedOnly', { used: write(used) }) }
  const amounts = { used: write(used), limit: write(limit) }
  return {
    key,
    label,
    used,
    limit,
    text: limit === 0 ? t('gauge.used', amounts) : t('gauge.usedShare', { ...amounts, share: percent(used / limit) }),
  }
}

function processText({ pid, name }: FindingProcess, { t }: GaugeWords): string {
  return t('gauge.process', { name: name === undefined ? t('gauge.unknownProcess') : visibleText(name), pid })
}
