/**
 * Under which names this host answers. A page elsewhere can make a name of its own point to 127.0.0.1 (DNS rebinding); its requests
 * then carry that name, so only exact names of ours are answered.
 */
import { BlockList, isIPv6 } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** `address`: an IP address literal. */
export function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

export function isAnyAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

/**
 * The `Host` values to answer, in lower case. `address`: where the host listens; `machineNames`: this machine's other addresses and
 * its name, which count only when it listens on all of them.
 */
export function allowedHosts(address: string, port: number, machineNames: readonly string[]): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '::1', address, ...(isAnyAddress(address) ? machineNames : [])]
  const hosts = names.filter((name) => !isAnyAddress(name)).map((name) => hostText(name.toLowerCase(), port))
  // Browsers leave out the port that http means anyway.
  return new Set(port === 80 ? [...hosts, ...hosts.map((host) => host.replace(/:80$/, ''))] : hosts)
}

/** `name:port`, with brackets around an IPv6 address. */
export function hostText(name: string, port: number): string {
  return `${isIPv6(name) ? `[${name}]` : name}:${port}`
}

/** The `Host` header in lower case when it is one of ours. */
export function acceptedHost(header: string | undefined, allowed: ReadonlySet<string>): string | undefined {
  const host = header?.toLowerCase()
  return host !== undefined && allowed.has(host) ? host : undefined
}
