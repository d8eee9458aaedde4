import { describe, expect, it } from 'vitest'
import { decodeOwnerTable } from '../../../../src-main/sources/windows/decode-owner-tables.ts'
import { ownerTables, type OwnerTableLayout } from '../../../../src-main/sources/windows/owner-table-layouts.ts'
import { recordWord } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../../src-main/table/row-table.ts'
import { ownerTable, type EndpointRow, type TableName, zeros } from '../../../builders/owner-table-bytes.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const loopback4 = [127, 0, 0, 1]
const loopback6 = [...zeros(15), 1]
const linkLocal = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
/** 2026-01-02T03:04:05.678Z as FILETIME, and 0.9 µs. */
const someTime = (BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) + 11_644_473_600_000n) * 10_000n + 9n

const names: readonly TableName[] = ['tcp4', 'tcp6', 'udp4', 'udp6']
const eight = names.flatMap((name) => [true, false].map((withModules) => ({ name, withModules })))

function layoutOf(name: TableName, withModules: boolean): OwnerTableLayout {
  return ownerTables[name][withModules ? 0 : 1]
}

function decode(bytes: Uint8Array, layout: OwnerTableLayout) {
  const records: Uint32Array[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const outcome = decodeOwnerTable({ view, length: bytes.length }, layout, {
    record: createScratchRecord(),
    serviceReference: (pid, tag) => pid * 1000 + tag,
    scopeReference: (scope) => scope + 7_000_000,
    take: (record) => records.push(record.slice()),
  })
  return { outcome, records, rows: records.map(recordText) }
}

function decodeRows(name: TableName, rows: readonly EndpointRow[], withModules = true) {
  return decode(ownerTable(name, withModules, rows), layoutOf(name, withModules))
}

const idOf = (record: Uint32Array | undefined): string => `${record?.[recordWord.identityLow]} ${record?.[recordWord.identityHigh]}`
const createdOf = (record: Uint32Array | undefined): number =>
  (record?.[recordWord.createdLow] ?? 0) + (record?.[recordWord.createdHigh] ?? 0) * 2 ** 32

function sampleRows(name: TableName): EndpointRow[] {
  const address = name.endsWith('4') ? loopback4 : loopback6
  if (name.startsWith('udp')) return [{ local: [address, 5353], pid: 2360 }]
  return [
    { state: 2, local: [address, 8080], remote: [address, 4660], pid: 1052 },
    { state: 5, local: [address, 50210], remote: [address, 443], pid: 7781 },
    { state: 11, local: [address, 42127], remote: [address, 51888], pid: 0 },
  ]
}

const expected: Record<TableName, readonly string[]> = {
  tcp4: [
    'tcp4 LISTEN, 127.0.0.1 8080, 0.0.0.0 0, pid 1052, no queues, no counters, tuple',
    'tcp4 ESTABLISHED, 127.0.0.1 50210, 127.0.0.1 443, pid 7781, no queues, no counters, tuple',
    'tcp4 TIME_WAIT, 127.0.0.1 42127, 127.0.0.1 51888, pid 0, no queues, no counters, tuple',
  ],
  tcp6: [
    'tcp6 LISTEN, ::1 8080, :: 0, pid 1052, no queues, no counters, tuple',
    'tcp6 ESTABLISHED, ::1 50210, ::1 443, pid 7781, no queues, no counters, tuple',
    'tcp6 TIME_WAIT, ::1 42127, ::1 51888, pid 0, no queues, no counters, tuple',
  ],
  udp4: ['udp4 -, 127.0.0.1 5353, 0.0.0.0 0, pid 2360, no queues, no counters, tuple'],
  udp6: ['udp6 -, ::1 5353, :: 0, pid 2360, no queues, no counters, tuple'],
}

describe('rows of the owner tables', () => {
  it.each(eight)('are read from $name with modules: $withModules, ports past their garbage, listeners without a peer', (table) => {
    const { outcome, rows } = decodeRows(table.name, sampleRows(table.name), table.withModules)
    expect(rows).toEqual(expected[table.name])
    expect(outcome).toEqual({ rows: rows.length, malformed: 0, foreign: false })
  })

  it.each([
    [1, 'CLOSED'],
    [2, 'LISTEN'],
    [3, 'SYN_SENT'],
    [4, 'SYN_RECEIVED'],
    [5, 'ESTABLISHED'],
    [6, 'FIN_WAIT_1'],
    [7, 'FIN_WAIT_2'],
    [8, 'CLOSE_WAIT'],
    [9, 'CLOSING'],
    [10, 'LAST_ACK'],
    [11, 'TIME_WAIT'],
    [12, 'DELETE_TCB'],
  ])('have state %i as %s', (state, word) => {
    expect(decodeRows('tcp4', [{ state, local: [loopback4, 1], remote: [loopback4, 2] }]).rows[0]).toContain(`tcp4 ${word},`)
  })

  it.each(eight.filter(({ withModules }) => withModules))('tell creation and service in $name', ({ name }) => {
    const [row] = sampleRows(name)
    const { records } = decodeRows(name, [{ ...row!, created: someTime, serviceTag: 42 }])
    expect(createdOf(records[0])).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 678))
    expect(records[0]?.[recordWord.inode]).toBe(Number(someTime & 0xffffffffn))
    expect(records[0]?.[recordWord.service]).toBe(row!.pid! * 1000 + 42)
  })

  it('tell no creation where Windows gives zero, not the year 1601', () => {
    const { records } = decodeRows('tcp4', sampleRows('tcp4'))
    expect(records.map((record) => [createdOf(record), record[recordWord.inode]])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })

  it('tell every creation time to the millisecond', () => {
    const random = seededRandom(11)
    for (let round = 0; round < 200; round += 1) {
      const unixMs = random.below(2 ** 31) * 1000 + random.below(1000)
      const ticks = (BigInt(unixMs) + 11_644_473_600_000n) * 10_000n + BigInt(random.below(10_000))
      const { records } = decodeRows('udp4', [{ local: [loopback4, 9], created: ticks }])
      expect(createdOf(records[0])).toBe(unixMs)
    }
  })

  it('name no service for rows without an owner', () => {
    const { records } = decodeRows('tcp4', [{ state: 11, local: [loopback4, 1], remote: [loopback4, 2], pid: 0, serviceTag: 3 }])
    expect(records[0]?.[recordWord.service]).toBe(0)
  })

  it.each([
    ['a zone in host order', linkLocal, 12, 7_000_012],
    ['a zone in network order', linkLocal, 0x0c00_0000, 7_000_012],
    ['a zone that is neither', linkLocal, 0x0c0d_0e0f, 7_000_000 + 0x0c0d_0e0f],
    ['link-local multicast', [0xff, 2, ...linkLocal.slice(2)], 5, 7_000_005],
    ['no zone on loopback, whatever stands there', loopback6, 4096, 0],
    ['no zone on global addresses', [0x20, 1, ...linkLocal.slice(2)], 12, 0],
  ])('have %s', (_what, address, localScope, reference) => {
    const { records } = decodeRows('udp6', [{ local: [address, 1900], localScope }])
    expect(records[0]?.[recordWord.interface]).toBe(reference)
  })

  it('leave out sockets that were never bound, and count what cannot be', () => {
    const good = sampleRows('tcp4')
    const unbound: EndpointRow = { state: 1, local: [[0, 0, 0, 0], 0] }
    const { rows, outcome } = decodeRows('tcp4', [...good, unbound, { ...good[1]!, state: 13 }, { ...good[1]!, local: [loopback4, 0] }])
    expect(rows).toEqual(expected.tcp4)
    expect(outcome).toEqual({ rows: 3, malformed: 2, foreign: false })
  })
})

describe('identities', () => {
  it('hold while a connection changes its state and loses its owner', () => {
    const established: EndpointRow = { state: 5, local: [loopback4, 1000], remote: [loopback4, 80], pid: 8, created: someTime }
    const before = decodeRows('tcp4', [established]).records[0]
    const after = decodeRows('tcp4', [{ ...established, state: 11, pid: 0, created: 0n }]).records[0]
    expect(idOf(after)).toBe(idOf(before))
  })

  it('are the same from both tables, so that the plain one can stand in', () => {
    for (const name of names)
      expect(decodeRows(name, sampleRows(name), true).records.map(idOf)).toEqual(
        decodeRows(name, sampleRows(name), false).records.map(idOf),
      )
  })

  it('differ where ports, owners, creation or zones differ', () => {
    const udp: EndpointRow = { local: [linkLocal, 5353], pid: 8, created: someTime, localScope: 1 }
    const rows = [
      udp,
      { ...udp, pid: 12 },
      { ...udp, created: someTime + 1n },
      { ...udp, localScope: 2 },
      { ...udp, local: [linkLocal, 5354] as const },
    ]
    expect(new Set(decodeRows('udp6', rows).records.map(idOf)).size).toBe(rows.length)
  })
})

describe('bytes that are no table', () => {
  it.each(eight)('cut anywhere bring no row of $name with modules: $withModules', ({ name, withModules }) => {
    const whole = ownerTable(name, withModules, sampleRows(name))
    for (let length = 0; length < whole.length; length += 1) {
      const { rows, outcome } = decode(Uint8Array.prototype.slice.call(whole, 0, length), layoutOf(name, withModules))
      expect([rows, outcome.foreign]).toEqual([[], true])
    }
  })

  it('in another layout are called foreign, and no row is taken', () => {
    const plainReadAsModules = decode(
      Buffer.concat([
        ownerTable(
          'tcp4',
          false,
          Array.from({ length: 20 }, () => sampleRows('tcp4')[1]!),
        ),
        Buffer.alloc(4000),
      ]),
      layoutOf('tcp4', true),
    )
    expect([plainReadAsModules.outcome.foreign, plainReadAsModules.rows]).toEqual([true, []])
  })

  it('at random are survived, and nothing that is taken is out of range', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.alloc(random.below(1200))
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.chance(0.5) ? 0 : random.below(256)
      if (bytes.length >= 4) bytes.writeUInt32LE(random.below(8), 0)
      const table = random.pick(eight)
      for (const record of decode(bytes, layoutOf(table.name, table.withModules)).records) {
        expect(record[recordWord.ports]! >>> 16).toBeGreaterThan(0)
        expect((record[recordWord.head]! >>> 16) & 255).toBeLessThan(14)
      }
    }
  })
})
