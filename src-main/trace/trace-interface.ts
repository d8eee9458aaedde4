/** Where the packets of a conversation pass. */
import { BlockList, isIPv6 } from 'node:net'
import type { Route } from '../../src-shared/contract/network.ts'

export interface InterfaceFacts {
  readonly platform: 'linux' | 'darwin'
  readonly remoteAddress: string
  readonly ownAddresses: readonly string[]
  /** Asked on macOS only. */
  readonly routes: () => readonly Route[]
}

/** "any" on macOS is every interface through the kernel's tap, for which root alone has the rights. */
const everyInterface = 'any'
const loopbackOf = { linux: 'lo', darwin: 'lo0' }
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** What stays within the machine passes the loopback interface, also between its outer addresses. */
export function traceInterface({ platform, remoteAddress, ownAddresses, routes }: InterfaceFacts): string {
  const family = isIPv6(remoteAddress) ? 'ipv6' : 'ipv4'
  if (loopback.check(remoteAddress, family) || ownAddresses.includes(remoteAddress)) return loopbackOf[platform]
  return platform === 'linux' ? everyInterface : (routeInterface(routes(), remoteAddress, family) ?? everyInterface)
}

/** The interface of the most specific route. */
function routeInterface(routes: readonly Route[], address: string, family: 'ipv4' | 'ipv6'): string | undefined {
  const fitting = routes.filter((route) => route.family === family && route.interface !== undefined && covers(route, address, family))
  return fitting.toSorted((one, other) => other.prefixLength - one.prefixLength)[0]?.interface
}

function covers({ destination, prefixLength }: Route, address: string, family: 'ipv4' | 'ipv6'): boolean {
  if (prefixLength === 0) return true
  const network = new BlockList()
  try {
    network.addSubnet(destination, prefixLength, family)
  } catch {
    // A destination that is no plain address (a scope behind it) covers nothing we could name.
    return false
  }
  return network.check(address, family)
}
