/** Statistics, interfaces and routes by the Windows module, against what Node and the traffic of the test say. */
import type { NetworkInterfaceInfo } from 'node:os'
import { expect, it } from 'vitest'
import { asked } from './engine-view.ts'
import type { WindowsMachine } from './windows-machine.ts'

const opened = 5

export function describeNetworkTables(machine: () => WindowsMachine | undefined): void {
  it('counts the connections that are opened', async () => {
    const { agent } = machine() as WindowsMachine
    const tcp = async () => {
      const { groups, unread } = await asked(agent.api, 'getStatistics', undefined)
      expect(unread).toEqual([])
      return groups.find(({ id, family }) => id === 'tcp' && family === 'ipv4')
    }
    const before = await tcp()
    await agent.command('connectMany', { count: opened })
    const after = await tcp()
    for (const name of ['tcpActiveOpens', 'tcpPassiveOpens'] as const)
      expect((after?.counters[name] ?? 0) - (before?.counters[name] ?? 0)).toBeGreaterThanOrEqual(opened)
    expect((after?.gauges['tcpCurrEstab'] ?? 0) - (before?.gauges['tcpCurrEstab'] ?? 0)).toBeGreaterThanOrEqual(opened)
  })

  it('shows the interfaces and addresses that Node shows', async () => {
    const { agent } = machine() as WindowsMachine
    const { interfaces, unread } = await asked(agent.api, 'getInterfaces', undefined)
    expect(unread).toEqual([])
    const shown = interfaces.flatMap(({ addresses }) => addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`))
    const told = await agent.command<Record<string, NetworkInterfaceInfo[]>>('networkInterfaces')
    const expected = Object.values(told).flatMap((addresses) => addresses.map(({ cidr }) => cidr))
    expect(expected).toContain('127.0.0.1/8')
    expect(shown).toEqual(expect.arrayContaining(expected))
    const loopback = interfaces.find((one) => one.loopback)
    expect(loopback).toMatchObject({ up: true })
  })

  it('shows the route to the own machine', async () => {
    const { agent } = machine() as WindowsMachine
    const { routes, unread } = await asked(agent.api, 'getRoutes', undefined)
    expect(unread).toEqual([])
    expect(routes).toContainEqual(expect.objectContaining({ family: 'ipv6', destination: '::1', prefixLength: 128 }))
  })
}
