/**
 * Whether packets to an address have a way, from the list of routes: the longest prefix counts. Pure. Linux asks its tables in the order
 * local, main, default; rules that lead to further tables (ip-rule(8): by source, mark, user …) are not looked at, so where only
 * such a table has a route the answer is not known.
 */
import type { Route, RoutesReport, RouteType } from '../../src-shared/contract/network.ts'
import { parseAddress } from '../sources/parse-address.ts'

export type RouteAnswer = 'present' | 'absent' | undefined

interface ReadRoute {
  readonly words: readonly number[]
  readonly prefixLength: number
  readonly type: RouteType
  readonly metric: number
}

/** RT_TABLE_LOCAL, RT_TABLE_MAIN and RT_TABLE_DEFAULT of include/uapi/linux/rtnetlink.h. */
const usualTables = [255, 254, 253]
const noWay: ReadonlySet<RouteType> = new Set(['blackhole', 'unreachable', 'prohibit'])
const way: ReadonlySet<RouteType> = new Set(['unicast', 'local', 'broadcast', 'anycast', 'multicast'])

/** `address` without zone; one that is none has an unknown answer. */
export function createRouteLookup({ routes, cutShort }: Pick<RoutesReport, 'routes' | 'cutShort'>): (address: string) => RouteAnswer {
  const tables = { ipv4: byTable(routes, 'ipv4'), ipv6: byTable(routes, 'ipv6') }
  const isEmpty = routes.length === 0
  return (address) => {
    const family = address.includes(':') ? 'ipv6' : 'ipv4'
    const words = parseAddress(address, family === 'ipv6' ? 6 : 4)
    if (words === undefined || isEmpty) return undefined
    const { usual, others } = tables[family]
    const found = usual.map((table) => longest(table, words)).find((route) => route !== undefined && route.type !== 'throw')
    if (found !== undefined && way.has(found.type)) return 'present'
    if (found !== undefined && !noWay.has(found.type)) return undefined
    const maybeElsewhere = cutShort || others.some((table) => longest(table, words) !== undefined)
    return maybeElsewhere ? undefined : 'absent'
  }
}

interface Tables {
  /** In the order in which they are asked. Systems without tables have one. */
  readonly usual: readonly (readonly ReadRoute[])[]
  readonly others: readonly (readonly ReadRoute[])[]
}

function byTable(routes: readonly Route[], family: Route['family']): Tables {
  const tables = new Map<number | undefined, ReadRoute[]>()
  for (const { destination, prefixLength, type, metric = 0, table, ...route } of routes) {
    if (route.family !== family) continue
    const words = parseAddress(destination, family === 'ipv6' ? 6 : 4)
    if (words === undefined) continue
    // IPv4 is kept as ::ffff:a.b.c.d.
    const read = { words, prefixLength: prefixLength + (family === 'ipv4' ? 96 : 0), type, metric }
    const list = tables.get(table)
    if (list === undefined) tables.set(table, [read])
    else list.push(read)
  }
  const usual = [undefined, ...usualTables]
  return {
    usual: usual.flatMap((table) => [tables.get(table) ?? []]),
    others: [...tables].filter(([table]) => !usual.includes(table)).map(([, list]) => list),
  }
}

function longest(table: readonly ReadRoute[], words: readonly number[]): ReadRoute | undefined {
  let best: ReadRoute | undefined
  for (const route of table) {
    if (best !== undefined && (route.prefixLength < best.prefixLength || isNoBetter(route, best))) continue
    if (contains(route, words)) best = route
  }
  return best
}

function isNoBetter(route: ReadRoute, best: ReadRoute): boolean {
  return route.prefixLength === best.prefixLength && route.metric >= best.metric
}

function contains({ words: network, prefixLength }: ReadRoute, words: readonly number[]): boolean {
  for (let word = 0; word < 4; word += 1) {
    const bits = Math.min(32, Math.max(0, prefixLength - word * 32))
    if (bits === 0) return true
    const mask = bits === 32 ? 0xffffffff : ~(0xffffffff >>> bits)
    if ((((network[word] as number) ^ (words[word] as number)) & mask) !== 0) return false
  }
  return true
}
