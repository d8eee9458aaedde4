import { describe, expect, it } from 'vitest'
import { createSurroundings } from '../../../src-main/api/surroundings.ts'
import type { MachineReader } from '../../../src-main/api/machine-reader.ts'
import type { PlatformParts } from '../../../src-main/api/platform-parts.ts'
import type { NetworkReader } from '../../../src-main/statistics/network-reader.ts'
import { createUnavailableNetworkReader } from '../../../src-main/statistics/unavailable-network-reader.ts'

function setUp(
  machine: Partial<MachineReader> = {},
  platform = 'linux',
  describeProcess: PlatformParts['describeProcess'] = () => undefined,
) {
  const clock = { now: 0 }
  const asked = { statistics: 0, routes: 0, kernelSettings: 0 }
  const empty = createUnavailableNetworkReader('platform-unknown')
  const network: NetworkReader = {
    ...empty,
    statistics: () => {
      asked.statistics += 1
      return { means: [], unread: [], groups: [{ id: 'tcp', counters: { tcpOutSegs: 40 + asked.statistics }, gauges: {} }] }
    },
    routes: () => {
      asked.routes += 1
      const route = { family: 'ipv4', destination: '192.0.2.0', prefixLength: 24, type: 'unicast' } as const
      return { means: [], unread: [], routes: [route], cutShort: false }
    },
    kernelSettings: () => {
      asked.kernelSettings += 1
      const setting = { id: 'max-orphans', name: 'x', values: [asked.kernelSettings], unit: 'sockets', states: [] } as const
      return { means: [], unread: [], settings: [setting] }
    },
  }
  const read = createSurroundings({
    platform,
    network,
    machine: { untold: {}, ...machine },
    describeProcess,
    sourceId: () => 'netlink',
    steadyNow: () => clock.now,
  })
  return { clock, asked, read }
}

describe('surroundings', () => {
  it('read settings and routes again only after some seconds, and routes only when asked', () => {
    const { clock, asked, read } = setUp()
    expect(read().settings.get('max-orphans')).toEqual([1])
    clock.now = 4999
    expect([read().settings.get('max-orphans'), asked.routes]).toEqual([[1], 0])
    expect([read().routeTo('192.0.2.1'), read().routeTo('203.0.113.1'), asked.routes]).toEqual(['present', 'absent', 1])
    clock.now = 10_000
    expect([read().settings.get('max-orphans'), read().routeTo('192.0.2.1'), asked.routes]).toEqual([[2], 'present', 2])
  })

  it('take counters from the platform on every look, else from the report of all counters', () => {
    let told = 0
    const { read } = setUp({ counters: () => ({ sentSegments: (told += 1) }) })
    expect([read().counters, read().counters]).toEqual([{ sentSegments: 1 }, { sentSegments: 2 }])
    const { clock, read: readOther } = setUp()
    expect([readOther().counters, readOther().counters]).toEqual([{ sentSegments: 41 }, { sentSegments: 41 }])
    clock.now = 1000
    expect(readOther().counters).toEqual({ sentSegments: 42 })
  })

  it('ask once about the descriptors of a process, however many want to know in one look', () => {
    const asked: number[] = []
    const descriptorsOf = (pid: number) => {
      asked.push(pid)
      return pid === 1 ? undefined : { used: asked.length }
    }
    const { clock, read } = setUp({ descriptorsOf })
    const used = (pid: number, startToken = 'a') => read().descriptorsOf({ pid, startToken })?.used
    expect([used(7), used(7), used(1), used(1)]).toEqual([1, 1, undefined, undefined])
    expect(asked).toEqual([7, 1])
    expect(used(7, 'b')).toBe(3) // another bearer of the pid
    clock.now = 2000
    expect(used(7)).toBe(4)
  })

  it('ask once in five seconds who a process is', () => {
    const asked: number[] = []
    const describeProcess = (pid: number) => {
      asked.push(pid)
      return pid === 1 ? undefined : { startToken: 'a', parentPid: 1 }
    }
    const { clock, read } = setUp({}, 'linux', describeProcess)
    expect([7, 7, 1, 1].map((pid) => read().describeProcess(pid)?.parentPid)).toEqual([1, 1, undefined, undefined])
    expect(asked).toEqual([7, 1])
    clock.now = 5000
    read().describeProcess(7)
    expect(asked).toEqual([7, 1, 7])
  })

  it('tell what platform and source can, and nothing where nothing is known', () => {
    expect(setUp().read().capabilities?.retransmits).toMatchObject({ support: 'yes' })
    const unknown = setUp({}, 'plan9').read()
    expect(unknown).not.toHaveProperty('capabilities')
    expect([unknown.orphans, unknown.descriptorsOf({ pid: 1, startToken: 'a' }), unknown.activityOf(1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(setUp({ socketTotals: () => ({ orphans: 3 }) }).read().orphans).toBe(3)
  })
})
