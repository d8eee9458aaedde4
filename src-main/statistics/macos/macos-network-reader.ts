import type { InterfacesReport, RoutesReport, StatisticsGroup, StatisticsReport, UnreadPart } from '../../../src-shared/contract/network.ts'
import { loadLibSystem, type LoadedMacApi } from '../../native/macos/lib-system.ts'
import { SysctlReader, type SysctlAnswer } from '../../native/macos/read-sysctl.ts'
import { maximumInterfaces, maximumRoutes, type NetworkReader, type Told } from '../network-reader.ts'
import { decodeMacosStatistics, macosStatistics } from './decode-macos-statistics.ts'
import { decodeInterfaceList, decodeRouteList } from './decode-route-messages.ts'
import { readMacosSettings } from './macos-settings.ts'

/** What of a sysctl reader is needed. */
export interface Sysctl {
  readName(name: string): SysctlAnswer
  readPath(path: readonly number[]): SysctlAnswer
}

const CTL_NET = 4
const PF_ROUTE = 17
const NET_RT_IFLIST2 = 6
const NET_RT_DUMP2 = 7
const interfaceListPath = [CTL_NET, PF_ROUTE, 0, 0, NET_RT_IFLIST2, 0]
const routeListPath = [CTL_NET, PF_ROUTE, 0, 0, NET_RT_DUMP2, 0]

/** The library is loaded on the first question, so that importing this on another system does no harm. */
export function createMacosNetworkReader(open: () => Sysctl = () => openSysctl(loadLibSystem())): NetworkReader {
  let opened: Sysctl | undefined
  const sysctl = (): Sysctl => (opened ??= open())
  return {
    statistics: () => statistics(sysctl()),
    interfaces: () => interfaces(sysctl()),
    routes: () => routes(sysctl()),
    kernelSettings: () => readMacosSettings((name) => sysctl().readName(name)),
  }
}

/** Where the library cannot be loaded, every reading says why. */
export function openSysctl(loaded: LoadedMacApi): Sysctl {
  if (loaded.ok) return new SysctlReader(loaded.api)
  const refused: SysctlAnswer = { ok: false, reason: loaded.reason }
  return { readName: () => refused, readPath: () => refused }
}

function statistics(sysctl: Sysctl): Told<StatisticsReport> {
  const groups: StatisticsGroup[] = []
  const unread: UnreadPart[] = []
  const means: string[] = []
  for (const kind of macosStatistics) {
    const read = sysctl.readName(kind.name)
    const group = read.ok ? decodeMacosStatistics(read.bytes, kind) : undefined
    if (group === undefined) unread.push({ part: kind.name, reason: read.ok ? 'no counters in the answer' : read.reason })
    else {
      groups.push(group)
      means.push(`sysctl ${kind.name}`)
    }
  }
  return { means, unread, groups }
}

function interfaces(sysctl: Sysctl): Told<InterfacesReport> {
  const part = 'sysctl NET_RT_IFLIST2'
  const read = sysctl.readPath(interfaceListPath)
  if (!read.ok) return { means: [part], unread: [{ part, reason: read.reason }], interfaces: [] }
  const told = decodeInterfaceList(read.bytes)
  const unread = told.malformed > 0 ? [{ part, reason: `malformed: ${told.malformed}` }] : []
  return { means: [part], unread, interfaces: told.interfaces.slice(0, maximumInterfaces) }
}

function routes(sysctl: Sysctl): Told<RoutesReport> {
  const part = 'sysctl NET_RT_DUMP2'
  const { interfaces: links } = interfaces(sysctl)
  const names = new Map(links.map(({ index, name }) => [index, name]))
  const read = sysctl.readPath(routeListPath)
  if (!read.ok) return { means: [part], unread: [{ part, reason: read.reason }], routes: [], cutShort: false }
  const told = decodeRouteList(read.bytes, (index) => names.get(index))
  const unread = told.malformed > 0 ? [{ part, reason: `malformed: ${told.malformed}` }] : []
  return { means: [part], unread, routes: told.routes.slice(0, maximumRoutes), cutShort: told.routes.length > maximumRoutes }
}
