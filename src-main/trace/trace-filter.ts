/** What the capture tool is told to take: the TCP packets between exactly two endpoints, in both directions. */
import { isIP } from 'node:net'
import type { Endpoint } from '../../src-shared/model/connection.ts'

/** In the language of pcap-filter(7). Undefined when an address is not numeric or a port is none: nothing else may get into it. */
export function traceFilter(local: Endpoint, remote: Endpoint): string | undefined {
  const family = isIP(local.address)
  if (family === 0 || isIP(remote.address) !== family || !isPort(local.port) || !isPort(remote.port)) return undefined
  if (local.address.includes('%') || remote.address.includes('%')) return undefined
  return `${family === 6 ? 'ip6' : 'ip'} and tcp and ((${oneWay(local, remote)}) or (${oneWay(remote, local)}))`
}

function oneWay(from: Endpoint, to: Endpoint): string {
  return `src host ${from.address} and src port ${from.port} and dst host ${to.address} and dst port ${to.port}`
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 0xffff
}
