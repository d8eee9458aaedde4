import type {
  InterfacesReport,
  NetworkInterface,
  Route,
  RoutesReport,
  StatisticsReport,
  UnreadPart,
} from '../../../src-shared/contract/network.ts'
import { errnoName } from '../../native/linux/errno-names.ts'
import { readProcFile, type FileRead } from '../../native/linux/proc-files.ts'
import { askRouteNetlink } from '../../native/linux/route-table.ts'
import { withAddresses } from '../with-addresses.ts'
import { maximumInterfaces, maximumRoutes, type NetworkReader, type Told } from '../network-reader.ts'
import { decodeAddress, decodeLink, decodeRoute } from './decode-rtnetlink.ts'
import { readLinuxSettings } from './linux-settings.ts'
import { parseProcIpv6Route, parseProcNetDev, parseProcNetRoute, type Parsed } from './parse-proc-network.ts'
import { parseNamedPairs, parseSnmp6, type ParsedStatistics } from './parse-statistics.ts'
import {
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETROUTE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWROUTE,
  readAnswer,
  tableRequest,
} from './rtnetlink-message.ts'

/** The system as this reader needs it, so that tests can put another in its place. */
export interface LinuxNetwork {
  /** A file below /proc. */
  readonly readFile: (path: string) => FileRead
  readonly askNetlink: typeof askRouteNetlink
}

const statisticsFiles: readonly (readonly [path: string, parse: (text: string) => ParsedStatistics])[] = [
  ['net/snmp', parseNamedPairs],
  ['net/snmp6', parseSnmp6],
  ['net/netstat', parseNamedPairs],
]
/** A table that changed while it was told is asked for once more, but not for ever. */
const attempts = 2

export function createLinuxNetworkReader(system: LinuxNetwork = { readFile: readProcFile, askNetlink: askRouteNetlink }): NetworkReader {
  return {
    statistics: () => statistics(system),
    interfaces: () => interfaces(system),
    routes: () => routes(system),
    kernelSettings: () =>
      readLinuxSettings((name) => {
        const read = system.readFile(`sys/${name.replaceAll('.', '/')}`)
        return read.ok ? { text: textOf(read.bytes) } : { reason: read.reason }
      }),
  }
}

function statistics({ readFile }: LinuxNetwork): Told<StatisticsReport> {
  const means: string[] = []
  const unread: UnreadPart[] = []
  const groups = statisticsFiles.flatMap(([path, parse]) => {
    const read = readFile(path)
    if (!read.ok) {
      // Without IPv6 in the kernel there is nothing to count, and no such file.
      if (path !== 'net/snmp6' || read.reason !== 'ENOENT') unread.push({ part: `/proc/${path}`, reason: read.reason })
      return []
    }
    const parsed = parse(textOf(read.bytes))
    means.push(`/proc/${path}`)
    if (parsed.malformed > 0) unread.push({ part: `/proc/${path}`, reason: `malformed: ${parsed.malformed}` })
    return parsed.groups
  })
  return { means, unread, groups }
}

function interfaces(system: LinuxNetwork): Told<InterfacesReport> {
  const links = ask(system, RTM_GETLINK, RTM_NEWLINK, decodeLink, maximumInterfaces)
  if (links.error !== undefined) return interfacesOfProc(system, links.error)
  const addresses = ask(system, RTM_GETADDR, RTM_NEWADDR, decodeAddress, maximumInterfaces)
  const unread = [...unreadOf('rtnetlink RTM_GETLINK', links), ...unreadOf('rtnetlink RTM_GETADDR', addresses)]
  return {
    means: ['rtnetlink'],
    unread,
    interfaces: withAddresses(links.items, addresses.items),
  }
}

function interfacesOfProc({ readFile }: LinuxNetwork, reason: string): Told<InterfacesReport> {
  const { items, unread } = parsedFile<NetworkInterface>(readFile, 'net/dev', parseProcNetDev)
  return { means: ['/proc/net/dev'], unread: [{ part: 'rtnetlink', reason }, ...unread], interfaces: items }
}

function routes(system: LinuxNetwork): Told<RoutesReport> {
  const links = ask(system, RTM_GETLINK, RTM_NEWLINK, decodeLink, maximumInterfaces)
  const names = new Map(links.items.map(({ index, name }) => [index, name]))
  const told = ask(system, RTM_GETROUTE, RTM_NEWROUTE, (body) => decodeRoute(body, (index) => names.get(index)), maximumRoutes)
  if (told.error !== undefined) return routesOfProc(system, told.error)
  const unread = [...unreadOf('rtnetlink RTM_GETLINK', links), ...unreadOf('rtnetlink RTM_GETROUTE', told)]
  return { means: ['rtnetlink'], unread, routes: told.items.filter((route) => route !== 'not-ours'), cutShort: told.cutShort }
}

function routesOfProc({ readFile }: LinuxNetwork, reason: string): Told<RoutesReport> {
  const four = parsedFile<Route>(readFile, 'net/route', parseProcNetRoute)
  const six = parsedFile<Route>(readFile, 'net/ipv6_route', parseProcIpv6Route)
  const all = [...four.items, ...six.items]
  return {
    means: ['/proc/net/route', '/proc/net/ipv6_route'],
    unread: [{ part: 'rtnetlink', reason }, ...four.unread, ...six.unread],
    routes: all.slice(0, maximumRoutes),
    cutShort: all.length > maximumRoutes,
  }
}

interface Dump<Item> {
  readonly items: readonly Item[]
  readonly error?: string
  readonly malformed: number
  readonly interrupted: boolean
  readonly cutShort: boolean
}

function ask<Item>(
  system: LinuxNetwork,
  request: number,
  wanted: number,
  decode: (body: Uint8Array) => Item | undefined,
  most: number,
): Dump<Item> {
  let dump = askOnce(system, request, wanted, decode, most)
  for (let attempt = 1; dump.interrupted && attempt < attempts; attempt += 1) dump = askOnce(system, request, wanted, decode, most)
  return dump
}

function askOnce<Item>(
  { askNetlink }: LinuxNetwork,
  request: number,
  wanted: number,
  decode: (body: Uint8Array) => Item | undefined,
  most: number,
): Dump<Item> {
  const sequence = 1 // the socket lives for one question
  const items: Item[] = []
  let malformed = 0
  let interrupted = false
  let cutShort = false
  let refused: string | undefined
  const take = (body: Uint8Array): boolean => {
    const item = decode(body)
    if (item !== undefined && items.length < most) items.push(item)
    else if (item !== undefined) cutShort = true
    return item !== undefined
  }
  const failed = askNetlink(tableRequest(request, sequence), (answer) => {
    const outcome = readAnswer(answer, { sequence, wanted }, take)
    malformed += outcome.malformed
    interrupted ||= outcome.interrupted
    if (outcome.error !== undefined) refused = errnoName(outcome.error)
    return outcome.finished || cutShort ? 'stop' : 'more'
  })
  const error = failed ?? refused
  return error === undefined ? { items, malformed, interrupted, cutShort } : { items, error, malformed, interrupted, cutShort }
}

function unreadOf(part: string, { error, malformed, interrupted, cutShort }: Dump<unknown>): UnreadPart[] {
  const reasons = [
    error,
    malformed > 0 ? `malformed: ${malformed}` : undefined,
    interrupted ? 'changed while it was read' : undefined,
    cutShort ? 'too many' : undefined,
  ]
  return reasons.flatMap((reason) => (reason === undefined ? [] : [{ part, reason }]))
}

function parsedFile<Item>(
  readFile: LinuxNetwork['readFile'],
  path: string,
  parse: (text: string) => Parsed<Item>,
): { items: readonly Item[]; unread: UnreadPart[] } {
  const read = readFile(path)
  const part = `/proc/${path}`
  if (!read.ok) return { items: [], unread: [{ part, reason: read.reason }] }
  const { items, malformed } = parse(textOf(read.bytes))
  return { items, unread: malformed === 0 ? [] : [{ part, reason: `malformed: ${malformed}` }] }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
