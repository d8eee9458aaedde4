/** /proc/net/{snmp,netstat,snmp6} (proc_net(5)). Pure and total: what makes no sense is counted and skipped. */
import type { AddressFamily, StatisticsGroup, StatisticsGroupId } from '../../../src-shared/contract/network.ts'
import { statisticsGroup } from '../statistics-key.ts'

export interface ParsedStatistics {
  readonly groups: readonly StatisticsGroup[]
  readonly malformed: number
}

type GroupName = readonly [id: StatisticsGroupId, family: AddressFamily | undefined]

/** Linux counts TCP of both families together; the others of these files are IPv4. */
const groupNames: Readonly<Record<string, GroupName>> = {
  Ip: ['ip', 'ipv4'],
  Icmp: ['icmp', 'ipv4'],
  IcmpMsg: ['icmpMessages', 'ipv4'],
  Tcp: ['tcp', undefined],
  Udp: ['udp', 'ipv4'],
  UdpLite: ['udpLite', 'ipv4'],
  TcpExt: ['tcpExtended', undefined],
  IpExt: ['ipExtended', 'ipv4'],
  MPTcpExt: ['mptcp', undefined],
}
const sixPrefixes: readonly (readonly [prefix: string, id: StatisticsGroupId])[] = [
  ['Ip6', 'ip'],
  ['Icmp6', 'icmp'],
  ['UdpLite6', 'udpLite'],
  ['Udp6', 'udp'],
]

/** A counter in Linux, but the name of a setting in RFC 1213. */
const ownNames: Readonly<Record<string, string>> = { ReasmTimeout: 'ReasmTimeouts' }

/** Pairs of lines: "Tcp: InSegs …" and "Tcp: 42 …". Groups of newer kernels that are not known here are left out. */
export function parseNamedPairs(text: string): ParsedStatistics {
  const groups: StatisticsGroup[] = []
  let malformed = 0
  const lines = wholeLines(text)
  for (let at = 0; at < lines.length; at += 2) {
    const [name, fields] = heading(lines[at] ?? '')
    const [again, texts] = heading(lines[at + 1] ?? '')
    const values = texts.map(integer)
    if (name === '' || name !== again || fields.length !== values.length || values.includes(undefined)) {
      malformed += 1
      continue
    }
    const known = Object.hasOwn(groupNames, name) ? groupNames[name] : undefined
    if (known === undefined) continue
    groups.push(
      statisticsGroup(
        known[0],
        known[1],
        fields.map((field, index) => [fieldName(known[0], field), values[index] ?? 0]),
      ),
    )
  }
  return { groups, malformed }
}

/** Lines of "Ip6InReceives 43". */
export function parseSnmp6(text: string): ParsedStatistics {
  const fieldsOf = new Map<StatisticsGroupId, [string, number][]>()
  let malformed = 0
  for (const line of wholeLines(text)) {
    const [name = '', valueText = ''] = line.trim().split(/\s+/u)
    const value = integer(valueText)
    const prefix = sixPrefixes.find(([start]) => name.startsWith(start))
    if (value === undefined || prefix === undefined) {
      malformed += 1
      continue
    }
    const [start, id] = prefix
    fieldsOf.set(id, [...(fieldsOf.get(id) ?? []), [fieldName(id, name.slice(start.length)), value]])
  }
  return { groups: [...fieldsOf].map(([id, fields]) => statisticsGroup(id, 'ipv6', fields)), malformed }
}

function fieldName(id: StatisticsGroupId, field: string): string {
  return id === 'ip' ? (ownNames[field] ?? field) : field
}

/** A torn last line is dropped. */
function wholeLines(text: string): string[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
}

function heading(line: string): [name: string, rest: string[]] {
  const colon = line.indexOf(':')
  if (colon < 1) return ['', []]
  return [
    line.slice(0, colon),
    line
      .slice(colon + 1)
      .split(' ')
      .filter((word) => word !== ''),
  ]
}

/** tcpMaxConn is -1 when there is no limit. */
function integer(text: string): number | undefined {
  return /^-?\d{1,20}$/u.test(text) ? Number(text) : undefined
}
