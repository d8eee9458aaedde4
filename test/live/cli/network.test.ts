/** stats, interfaces and routes of the real command beside what /proc and `ip` say at the same time. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { InterfacesReport, KernelSettingsReport, RoutesReport, StatisticsReport } from '../../../src-shared/contract/network.ts'
import { connect, listen, sockscope } from './command.ts'

const ipMissing = process.platform === 'linux' ? missingTool() : 'only Linux has it'

function missingTool(): string | undefined {
  try {
    execFileSync('ip', ['-V'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'there is no "ip" here'
  }
}

async function report<Report>(...args: readonly string[]): Promise<Report> {
  const { exit, out, err } = await sockscope(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as Report
}

const ip = (...args: readonly string[]): unknown => JSON.parse(execFileSync('ip', ['-j', ...args], { encoding: 'utf8' }))
const tcpField = (name: string): number => {
  const [names = [], values = []] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Tcp: '))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf(name)])
}

describe.runIf(process.platform === 'linux')('stats on this machine', () => {
  it('counts the connection that was opened in between, within what /proc says before and after', async () => {
    const first = await tcp()
    const before = tcpField('ActiveOpens')
    const { server, port, accepted } = await listen()
    const client = await connect(port)
    const second = await tcp()
    const after = tcpField('ActiveOpens')
    client.destroy()
    for (const socket of accepted) socket.destroy()
    server.close()
    expect(first.counters['tcpActiveOpens']).toBeLessThanOrEqual(before)
    expect(second.counters['tcpActiveOpens']).toBeGreaterThan(before)
    expect(second.counters['tcpActiveOpens']).toBeLessThanOrEqual(after)
    expect(second.gauges['tcpRtoMin']).toBe(tcpField('RtoMin'))
  })

  it('has every field of the kernel files, none lost and none twice', async () => {
    const { groups } = await report<StatisticsReport>('stats')
    const names = readFileSync('/proc/net/netstat', 'utf8').split('\n')
    const tcpExtended = names
      .find((line) => line.startsWith('TcpExt: '))!
      .split(' ')
      .slice(1)
    expect(Object.keys(groups.find(({ id }) => id === 'tcpExtended')!.counters)).toEqual(tcpExtended)
    const lines = readFileSync('/proc/net/snmp6', 'utf8').trim().split('\n').length
    const six = groups.filter(({ family }) => family === 'ipv6')
    expect(six.reduce((sum, { counters, gauges }) => sum + Object.keys(counters).length + Object.keys(gauges).length, 0)).toBe(lines)
  })

  it('reads the settings as /proc/sys has them', async () => {
    const { settings, unread } = await report<KernelSettingsReport>('stats', '--settings')
    expect(unread).toEqual([])
    for (const { name, values } of settings) {
      const text = readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8')
      expect([name, values.join(' ')]).toEqual([name, text.trim().replaceAll(/\s+/gu, ' ')])
    }
  })
})

interface IpLink {
  readonly ifindex: number
  readonly ifname: string
  readonly flags: readonly string[]
  readonly mtu: number
  readonly address?: string
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[]
  readonly stats64: { readonly rx: { readonly bytes: number }; readonly tx: { readonly bytes: number } }
}

describe.skipIf(ipMissing !== undefined)(`interfaces and routes beside ip${ipMissing === undefined ? '' : ` (${ipMissing})`}`, () => {
  it('the same interfaces, addresses and flags, and counters in between', async () => {
    const before = ip('-s', 'address') as IpLink[]
    const { interfaces, means } = await report<InterfacesReport>('interfaces')
    const after = ip('-s', 'address') as IpLink[]
    expect(means).toEqual(['rtnetlink'])
    const ours = interfaces.map(({ index, name, up, mtuBytes, addresses }) => ({
      index,
      name,
      up,
      mtuBytes,
      addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).toSorted(),
    }))
    const theirs = before.map(({ ifindex, ifname, flags, mtu, addr_info }) => ({
      index: ifindex,
      name: ifname,
      up: flags.includes('UP'),
      mtuBytes: mtu,
      addresses: addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`).toSorted(),
    }))
    expect(ours).toEqual(theirs)
    for (const [at, each] of interfaces.entries()) {
      expect(each.counters!.receivedBytes).toBeGreaterThanOrEqual(before[at]!.stats64.rx.bytes)
      expect(each.counters!.receivedBytes).toBeLessThanOrEqual(after[at]!.stats64.rx.bytes)
      expect(each.counters!.sentBytes).toBeGreaterThanOrEqual(before[at]!.stats64.tx.bytes)
      expect(each.counters!.sentBytes).toBeLessThanOrEqual(after[at]!.stats64.tx.bytes)
    }
  })

  it('the same routes in every table', async () => {
    interface IpRoute {
      readonly type?: string
      readonly dst: string
      readonly gateway?: string
      readonly dev?: string
      readonly metric?: number
      readonly prefsrc?: string
      readonly nexthops?: readonly unknown[]
    }
    const theirs = ['-4', '-6'].flatMap((family) => ip(family, 'route', 'show', 'table', 'all') as IpRoute[])
    const { routes, unread, cutShort } = await report<RoutesReport>('routes')
    expect([unread, cutShort]).toEqual([[], false])
    const ours = routes.map(({ type, family, destination, prefixLength, gateway, interface: name, metric, preferredSource }) => {
      const whole = prefixLength === (family === 'ipv6' ? 128 : 32)
      const dst = prefixLength === 0 ? 'default' : whole ? destination : `${destination}/${prefixLength}`
      return [type, dst, gateway, name, metric, preferredSource].join(' ')
    })
    const expected = theirs.map(({ type = 'unicast', dst, gateway, dev, metric, prefsrc }) =>
      [type, dst, gateway, dev, metric, prefsrc].join(' '),
    )
    expect(ours.toSorted()).toEqual(expected.toSorted())
  })
})

async function tcp(): Promise<StatisticsReport['groups'][number]> {
  const { groups, unread } = await report<StatisticsReport>('stats')
  expect(unread).toEqual([])
  return groups.find(({ id }) => id === 'tcp')!
}
