import { describe, expect, it, test } from 'vitest'
import type { GaugesReport } from '../../../../src-shared/contract/gauges.ts'
import { capabilitiesOf } from '../../../../src-shared/model/capabilities.ts'
import { gaugesReport } from '../../../../src-main/diagnosis/gauges/gauges-report.ts'
import { ObservedTable } from '../../../../src-main/diagnosis/observed-table.ts'
import { noSurroundings, type Surroundings } from '../../../../src-main/diagnosis/surroundings.ts'
import { builderTakenAt, ChangeSetBuilder, type RowInput } from '../../../builders/mirror-builder.ts'

const settings = new Map([
  ['local-port-range', [32_768, 60_999]],
  ['max-orphans', [1000]],
  ['max-time-wait', [2000]],
] as const)

function report(rows: readonly RowInput[], around: Partial<Surroundings> = {}): GaugesReport {
  const table = new ObservedTable()
  table.observe(new ChangeSetBuilder().full(rows))
  return gaugesReport(table, { ...noSurroundings, settings, ...around })
}

const calls = (count: number, from: number, remote: string, more: RowInput = {}): RowInput[] =>
  Array.from({ length: count }, (_, index) => ({ local: `192.0.2.1:${from + index}`, remote, ...more }))

describe('dynamic ports', () => {
  it('are counted per local address, remote address and remote port, the fullest first', () => {
    const { ports, portRange } = report([
      ...calls(3, 40_000, '198.51.100.1:443', { owner: 'browser' }),
      ...calls(2, 41_000, '198.51.100.1:443', { owner: 'updater', state: 'TIME_WAIT' }),
      ...calls(4, 40_000, '198.51.100.1:80'),
      { local: '192.0.2.9:40000', remote: '198.51.100.1:443' },
    ])
    expect(portRange).toEqual([32_768, 60_999])
    expect(ports).toMatchObject([
      {
        localAddress: '192.0.2.1',
        remote: { address: '198.51.100.1', port: 443 },
        used: 5,
        byState: { ESTABLISHED: 3, TIME_WAIT: 2 },
        process: { name: 'browser' },
      },
      { remote: { port: 80 }, used: 4 },
      { localAddress: '192.0.2.9', used: 1 },
    ])
  })

  it('that a socket only bound are taken from every destination, and no port counts twice', () => {
    const { ports } = report([
      ...calls(2, 40_000, '198.51.100.1:443'),
      { local: '192.0.2.1:50000', state: 'BOUND' },
      { local: '0.0.0.0:50001', state: 'BOUND' },
      { local: '0.0.0.0:40000', state: 'BOUND' },
      { local: '192.0.2.7:50002', state: 'BOUND' },
      { local: '0.0.0.0:80', state: 'BOUND' },
    ])
    expect(ports).toMatchObject([{ used: 4, byState: { ESTABLISHED: 2, BOUND: 3 } }])
  })

  it('do not count a server’s connections, nor UDP', () => {
    const { ports } = report([
      ...Array.from({ length: 9 }, (_, index): RowInput => ({ local: '192.0.2.1:443', remote: `203.0.113.1:${50_000 + index}` })),
      { local: '192.0.2.1:40000', remote: '198.51.100.1:53', protocol: 'udp' },
      { local: '0.0.0.0:45000' },
      { local: '192.0.2.1:45000', remote: '203.0.113.1:50000' },
    ])
    expect(ports).toEqual([])
  })

  it('are told without a range too: ports without a listener', () => {
    const rows: RowInput[] = [
      { local: '0.0.0.0:8080' },
      { local: '192.0.2.1:8080', remote: '203.0.113.1:50000' },
      ...calls(2, 50_000, '198.51.100.1:443'),
    ]
    const told = report(rows, { settings: new Map() })
    expect(told).not.toHaveProperty('portRange')
    expect(told.ports).toMatchObject([{ remote: { port: 443 }, used: 2 }])
    expect(told.unavailable).toContainEqual({ gauge: 'ports', reason: 'not-read' })
  })

  it('of IPv4 and of IPv4 through an IPv6 socket are the same ports', () => {
    const { ports } = report([...calls(1, 40_000, '198.51.100.1:443'), ...calls(1, 40_001, '198.51.100.1:443', { family: 6 })])
    expect(ports).toMatchObject([{ used: 2 }])
  })

  it('are shown of ten destinations', () => {
    const rows = Array.from({ length: 30 }, (_, index) => calls(1 + (index % 7), 40_000, `198.51.100.${index}:443`)).flat()
    expect(report(rows).ports.map(({ used }) => used)).toEqual([7, 7, 7, 7, 6, 6, 6, 6, 5, 5])
  })
})

describe('descriptors', () => {
  const rows: RowInput[] = [
    ...calls(3, 40_000, '198.51.100.1:443', { owner: { pid: 1, name: 'a' } }),
    ...calls(1, 41_000, '198.51.100.1:443', { owner: { pid: 2, name: 'b' } }),
    ...calls(1, 42_000, '198.51.100.1:443', { owner: { pid: 3, name: 'c' } }),
    ...calls(1, 43_000, '198.51.100.1:443', { owner: { pid: 4, name: 'd', exited: true } }),
    ...calls(1, 44_000, '198.51.100.1:443', { owner: { pid: 5, name: 'e' } }),
  ]
  const uses: Readonly<Record<number, { used: number; limit?: number }>> = {
    1: { used: 100, limit: 1000 },
    2: { used: 900, limit: 1000 },
    3: { used: 5000 },
    4: { used: 1, limit: 1 },
  }

  it('are of the processes with sockets, the fullest first, those without a limit last; who ended or hides is left out', () => {
    const { descriptors } = report(rows, { descriptorsOf: ({ pid }) => uses[pid] })
    expect(descriptors).toMatchObject([
      { pid: 2, used: 900, limit: 1000, sockets: 1 },
      { pid: 1, used: 100, limit: 1000, sockets: 3 },
      { pid: 3, used: 5000, sockets: 1 },
    ])
    expect(descriptors[2]).not.toHaveProperty('limit')
  })

  it('are asked for of a hundred processes at most', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      calls(1, 40_000 + index, '198.51.100.1:443', { owner: { pid: 100 + index } }),
    ).flat()
    let asked = 0
    report(many, { descriptorsOf: () => ({ used: (asked += 1) }) })
    expect(asked).toBe(100)
  })
})

describe('accept queues', () => {
  it('show the fullest first, then the empty ones by port, and leave out what is not told', () => {
    const { acceptQueues } = report([
      { local: '0.0.0.0:9000', receiveQueue: 0, sendQueue: 128 },
      { local: '0.0.0.0:80', receiveQueue: 0, sendQueue: 128 },
      { local: '0.0.0.0:443', receiveQueue: 60, sendQueue: 100, owner: 'web' },
      { local: '0.0.0.0:5432', receiveQueue: 61, sendQueue: 1000 },
      { local: '0.0.0.0:22', receiveQueue: 0 },
      { local: '0.0.0.0:53', protocol: 'udp', receiveQueue: 5, sendQueue: 5 },
    ])
    expect(acceptQueues.map(({ local, waiting, backlog }) => [local.port, waiting, backlog])).toEqual([
      [443, 60, 100],
      [5432, 61, 1000],
      [80, 0, 128],
      [9000, 0, 128],
    ])
    expect(acceptQueues[0]).toMatchObject({ process: { name: 'web' }, id: expect.stringMatching(/^c[0-9a-f]{16}$/u) as string })
  })

  it('are twenty at most, and say why when the source tells no backlog', () => {
    const listeners = Array.from({ length: 50 }, (_, index): RowInput => ({
      local: `0.0.0.0:${index + 1}`,
      receiveQueue: index,
      sendQueue: 100,
    }))
    expect(report(listeners).acceptQueues).toHaveLength(20)
    const capabilities = capabilitiesOf('linux', 'procfs')
    const untold = report([{ local: '0.0.0.0:80', receiveQueue: 3 }], capabilities === undefined ? {} : { capabilities })
    expect(untold.unavailable).toContainEqual({ gauge: 'accept-queues', reason: 'tool-does-not-tell' })
  })
})

test('limits of the machine: from the system’s totals, TIME_WAIT from the rows where it keeps none', () => {
  const rows = calls(3, 40_000, '198.51.100.1:443', { state: 'TIME_WAIT' })
  const full = report(rows, { orphans: 7, timeWait: 5, tcpMemory: { used: 8192, limit: 81_920 } })
  expect(full).toMatchObject({
    takenAt: builderTakenAt,
    orphans: { used: 7, limit: 1000 },
    timeWait: { used: 5, limit: 2000 },
    tcpMemory: { used: 8192, limit: 81_920 },
    unavailable: [],
  })
  const bare = report(rows, { settings: new Map(), untold: { orphans: 'no-such-thing', descriptors: 'not-read' } })
  expect(bare.timeWait).toEqual({ used: 3 })
  expect(bare).not.toHaveProperty('orphans')
  expect(bare.unavailable).toEqual([
    { gauge: 'ports', reason: 'not-read' },
    { gauge: 'descriptors', reason: 'not-read' },
    { gauge: 'orphans', reason: 'no-such-thing' },
    { gauge: 'tcp-memory', reason: 'system-does-not-tell' },
  ])
})

test('rows that are gone count nowhere', () => {
  const builder = new ChangeSetBuilder()
  const table = new ObservedTable()
  table.observe(builder.full([...calls(4, 40_000, '198.51.100.1:443'), { local: '0.0.0.0:80', receiveQueue: 1, sendQueue: 5 }]))
  table.observe(builder.delta({ removed: [1, 2, 5] }))
  table.observe(builder.delta({}))
  const told = gaugesReport(table, { ...noSurroundings, settings })
  expect([told.ports[0]?.used, told.acceptQueues]).toEqual([2, []])
})
