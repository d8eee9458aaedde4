import { describe, expect, it } from 'vitest'
import type { WindowsApi } from '../../../../src-main/native/windows/windows-api.ts'
import { DirectCounters, RemoteCounters, mostCounted } from '../../../../src-main/sources/windows/connection-counters.ts'
import { decodeOwnerTable } from '../../../../src-main/sources/windows/decode-owner-tables.ts'
import { ownerTables } from '../../../../src-main/sources/windows/owner-table-layouts.ts'
import { StatisticsReader, type ConnectionStatistics } from '../../../../src-main/sources/windows/connection-statistics.ts'
import type { TcpTuple } from '../../../../src-main/sources/windows/tcp-rows.ts'
import { flagCounters, recordWord } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../../src-main/table/row-table.ts'
import { fakeWindows } from '../../../builders/fake-windows-api.ts'
import { ownerTable, type EndpointRow, type TableName, zeros } from '../../../builders/owner-table-bytes.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const loopback = [127, 0, 0, 1]
const linkLocal = [0xfe, 0x80, ...zeros(13), 1]
const tuple: TcpTuple = {
  family: 4,
  local: [0, 0, 0xffff, 0x7f000001],
  remote: [0, 0, 0xffff, 0x0a090807],
  localPort: 0xc001,
  remotePort: 443,
  scope: 0,
}
const dataType = 1
const pathType = 3

/** A Windows that collects from the moment it is asked to, and fills what is not collected with chance, as the real one does. */
function collecting({ setError = 0, pathError = 0 }: { readonly setError?: number; readonly pathError?: number } = {}) {
  const collected = new Set<string>()
  const calls: string[] = []
  const random = seededRandom(1)
  const get: WindowsApi['GetPerTcpConnectionEStats'] = (row, type, rw, _rwVersion, _rwSize, _ros, _rosVersion, _rosSize, rod) => {
    calls.push(`get ${type}`)
    expect(rod).toHaveLength(type === dataType ? 96 : 160)
    const on = collected.has(`${Buffer.from(row).toString('hex')} ${type}`) && (type !== pathType || pathError === 0)
    rw[0] = on ? 1 : 0
    for (let at = 0; at < rod.length; at += 1) rod[at] = random.below(256)
    if (!on) return 0
    const bytes = Buffer.from(rod.buffer, rod.byteOffset, rod.byteLength)
    if (type === dataType) {
      bytes.writeBigUInt64LE(5_000_000_001n, 72)
      bytes.writeBigUInt64LE(7n, 88)
    } else {
      bytes.writeUInt32LE(3, 20)
      bytes.writeUInt32LE(42, 108)
    }
    return 0
  }
  const set: WindowsApi['SetPerTcpConnectionEStats'] = (row, type, rw) => {
    calls.push(`set ${type} ${rw[0]}`)
    if (setError !== 0) return setError
    collected.add(`${Buffer.from(row).toString('hex')} ${type}`)
    return 0
  }
  const { api } = fakeWindows({
    GetPerTcpConnectionEStats: get,
    SetPerTcpConnectionEStats: set,
    GetPerTcp6ConnectionEStats: get,
    SetPerTcp6ConnectionEStats: set,
  })
  return { api, calls }
}

function recordOf(name: TableName, row: EndpointRow): Uint32Array {
  const record = createScratchRecord()
  const bytes = ownerTable(name, true, [row])
  decodeOwnerTable({ view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), length: bytes.length }, ownerTables[name][0], {
    record,
    serviceReference: () => 0,
    scopeReference: () => 0,
    take: () => {},
  })
  return record
}

const established = (port = 1): EndpointRow => ({ local: [loopback, port], remote: [loopback, 2], pid: 8 })
const hasCounters = (record: Uint32Array): boolean => (record[recordWord.flags]! & flagCounters) !== 0

describe('statistics of a connection', () => {
  it('are begun at the first reading and told at the next', () => {
    const { api, calls } = collecting()
    const reader = new StatisticsReader(api)
    expect(reader.read(tuple)).toBe('starting')
    expect(calls).toEqual(['get 1', 'set 1 1', 'set 3 1'])
    expect(reader.read(tuple)).toEqual({ receivedBytes: 7n, sentBytes: 5_000_000_001n, retransmits: 3, roundTripMs: 42 })
  })

  it('are never the random numbers that Windows gives where nothing is collected', () => {
    const { api } = collecting({ setError: 5 })
    const reader = new StatisticsReader(api)
    for (let round = 0; round < 20; round += 1) expect(reader.read(tuple)).toBe('refused')
  })

  it('come without round trip where only bytes are collected', () => {
    const { api } = collecting({ pathError: 5 })
    const reader = new StatisticsReader(api)
    reader.read(tuple)
    expect(reader.read(tuple)).toEqual({ receivedBytes: 7n, sentBytes: 5_000_000_001n })
  })

  it.each([5, 50, 120, 127])('are refused at error %i', (error) => {
    const { api } = fakeWindows({ GetPerTcpConnectionEStats: () => error })
    expect(new StatisticsReader(api).read(tuple)).toBe('refused')
  })

  it.each([87, 1168])('are over at error %i, because the connection is', (error) => {
    const { api } = fakeWindows({ GetPerTcpConnectionEStats: () => error })
    expect(new StatisticsReader(api).read(tuple)).toBe('gone')
  })

  it('are asked for with a row in the documented layout, for IPv6 with the state first', () => {
    const rows: string[] = []
    const take = (row: Uint8Array): number => {
      rows.push(Buffer.from(row).toString('hex'))
      return 1168
    }
    const reader = new StatisticsReader(fakeWindows({ GetPerTcpConnectionEStats: take, GetPerTcp6ConnectionEStats: take }).api)
    reader.read(tuple)
    reader.read({ ...tuple, family: 6, local: [0x20010db8, 0, 0, 1], remote: [0xfe800000, 0, 0, 2], scope: 12 })
    expect(rows).toEqual([
      ['05000000', '7f000001', 'c0010000', '0a090807', '01bb0000'].join(''),
      [
        '05000000',
        '20010db8',
        '00'.repeat(8),
        '00000001',
        '00000000',
        'c0010000',
        'fe800000',
        '00'.repeat(8),
        '00000002',
        '0c000000',
        '01bb0000',
      ].join(''),
    ])
  })
})

describe('counters in this process', () => {
  it('fill established connections from the second look on', () => {
    const counters = new DirectCounters(collecting().api)
    const record = recordOf('tcp4', established())
    counters.begin()
    counters.fill(record)
    expect(hasCounters(record)).toBe(false)
    counters.begin()
    counters.fill(record)
    expect(recordText(record)).toContain('bytes 7 5000000001')
    expect([record[recordWord.retransmits], record[recordWord.roundTripMicros]]).toEqual([3, 42_000])
  })

  it.each([
    ['a listener', 'tcp4', { state: 2, local: [loopback, 1] }],
    ['a connection that ends', 'tcp4', { ...established(), state: 8 }],
    ['UDP', 'udp4', { local: [loopback, 1] }],
    ['a link-local connection, whose zone is not known here', 'tcp6', { local: [linkLocal, 1], remote: [linkLocal, 2] }],
  ] as const)('leave %s alone', (_what, name, row) => {
    const { api, calls } = collecting()
    const counters = new DirectCounters(api)
    counters.begin()
    counters.fill(recordOf(name, row))
    expect(calls).toEqual([])
  })

  it('stop asking for good where it is refused', () => {
    const { api, calls } = collecting({ setError: 5 })
    const counters = new DirectCounters(api)
    for (let look = 0; look < 5; look += 1) {
      counters.begin()
      counters.fill(recordOf('tcp4', established()))
    }
    expect(calls).toEqual(['get 1', 'set 1 1'])
  })

  it('read no more than a bounded number of connections per look', () => {
    const { api, calls } = collecting()
    const counters = new DirectCounters(api)
    counters.begin()
    for (let port = 1; port <= mostCounted + 50; port += 1) counters.fill(recordOf('tcp4', established(port)))
    expect(calls.filter((call) => call === 'get 1')).toHaveLength(mostCounted)
  })
})

const settle = async (): Promise<void> => void (await new Promise((resolve) => setImmediate(resolve)))

describe('counters of a helper', () => {
  const statistics: ConnectionStatistics = { receivedBytes: 1n, sentBytes: 2n }

  it('are asked for after a look and shown in the next but one', async () => {
    const asked: (readonly TcpTuple[])[] = []
    const counters = new RemoteCounters(
      async (tuples) => {
        asked.push(tuples)
        return tuples.map(() => statistics)
      },
      () => true,
    )
    const record = recordOf('tcp4', established())
    counters.begin()
    counters.fill(record)
    expect([asked, hasCounters(record)]).toEqual([[], false])
    counters.begin()
    await settle()
    counters.fill(record)
    expect(asked).toEqual([[{ ...tuple, remote: [0, 0, 0xffff, 0x7f000001], localPort: 1, remotePort: 2 }]])
    expect(recordText(record)).toContain('bytes 1 2')
  })

  it('are absent without a helper, and gone with it', async () => {
    let helper: readonly ConnectionStatistics[] | undefined = [statistics]
    const counters = new RemoteCounters(
      async () => helper,
      () => helper !== undefined,
    )
    const look = async (): Promise<boolean> => {
      const record = recordOf('tcp4', established())
      counters.begin()
      await settle()
      counters.fill(record)
      return hasCounters(record)
    }
    const first = [await look(), await look()]
    helper = undefined
    expect([...first, await look(), await look()]).toEqual([false, true, false, false])
  })

  it('cost nothing while there is no helper', async () => {
    let asked = 0
    const counters = new RemoteCounters(
      async () => {
        asked += 1
        return []
      },
      () => false,
    )
    for (let look = 0; look < 3; look += 1) {
      counters.begin()
      await settle()
      counters.fill(recordOf('tcp4', established()))
    }
    expect(asked).toBe(0)
  })

  it('are not asked for again while an answer is on its way', async () => {
    let asked = 0
    const counters = new RemoteCounters(
      () => {
        asked += 1
        return new Promise(() => {})
      },
      () => true,
    )
    for (let look = 0; look < 4; look += 1) {
      counters.begin()
      counters.fill(recordOf('tcp4', established()))
    }
    expect(asked).toBe(1)
  })
})
