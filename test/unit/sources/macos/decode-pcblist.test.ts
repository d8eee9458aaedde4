import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodePcblist, longestRecordBytes, type CounterLayout } from '../../../../src-main/sources/macos/decode-pcblist.ts'
import { counterLayoutOf } from '../../../../src-main/sources/macos/pcblist-source.ts'
import { recordWord, unansweredFlags } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../../src-main/table/row-table.ts'
import { pcblistBytes, type PcblistSocket } from '../../../builders/pcblist-bytes.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

interface Options {
  readonly protocol?: 'tcp' | 'udp'
  readonly counters?: CounterLayout | undefined
}

function decode(bytes: Uint8Array, { protocol = 'tcp', counters }: Options = {}) {
  const records: Uint32Array[] = []
  const workedFor: number[] = []
  const outcome = decodePcblist(bytes, {
    protocol,
    counters,
    record: createScratchRecord(),
    labels: { user: (uid) => uid + 1, interface: (index) => index + 1 },
    take: (record, forPid) => {
      records.push(record.slice())
      workedFor.push(forPid)
    },
  })
  return { outcome, records, workedFor, rows: records.map(recordText) }
}

const whole = (sockets: number) => ({ sockets, malformed: 0, unknownKinds: 0 })
const connection: PcblistSocket = {
  protocol: 'tcp',
  vflag: 1,
  local: { address: '127.0.0.1', port: 8001 },
  remote: { address: '127.0.0.1', port: 60_348 },
  generation: 0x27587an,
  uid: 501,
  lastPid: 34_323,
  receiveBytes: 5,
  sendBytes: 7,
}
const sockets: readonly PcblistSocket[] = [
  { protocol: 'tcp', vflag: 3, local: { address: '::', port: 35_729 }, state: 1, generation: 9n, lastPid: 11, waiting: 2, backlog: 128 },
  connection,
  { ...connection, generation: 10n, state: 10, hasSocket: false },
  {
    protocol: 'tcp',
    vflag: 2,
    local: { address: 'fe80::1', port: 49_206 },
    remote: { address: 'fe80::2', port: 52_032 },
    scope: 4,
    state: 5,
    generation: 0x1_0000_0002n,
    lastPid: 12,
  },
  { ...connection, family: 30, generation: 11n },
]
const expectedRows = [
  'tcp6 LISTEN, :: 35729, :: 0, pid 11, queues 2 128, no counters, id 9',
  'tcp4 ESTABLISHED, 127.0.0.1 8001, 127.0.0.1 60348, pid 34323, queues 5 7, no counters, id 27587a',
  'tcp4 TIME_WAIT, 127.0.0.1 8001, 127.0.0.1 60348, pid 0, no queues, no counters, id a',
  'tcp6 CLOSE_WAIT, fe80::1 49206, fe80::2 52032, pid 12, queues 0 0, no counters, id 100000002',
  'tcp6 ESTABLISHED, 127.0.0.1 8001, 127.0.0.1 60348, pid 34323, queues 5 7, no counters, id b',
]

describe('records laid out field by field', () => {
  it.each(['short', 'long'] as const)('are read in the %s form', (form) => {
    const { outcome, rows } = decode(pcblistBytes(sockets, form))
    expect([outcome, rows]).toEqual([whole(sockets.length), expectedRows])
  })

  it('give the interface out of link-local addresses, and the user', () => {
    const { records } = decode(pcblistBytes(sockets))
    expect(records.map((record) => [record[recordWord.interface], record[recordWord.user]])).toEqual([
      [0, 1],
      [0, 502],
      [0, 1],
      [5, 1],
      [0, 502],
    ])
  })

  it('tell a dual-stack socket that speaks IPv4 as mapped words of the IPv6 family', () => {
    const record = decode(pcblistBytes([sockets[4]!])).records[0]!
    expect([...record.subarray(recordWord.local, recordWord.local + 4)]).toEqual([0, 0, 0xffff, 0x7f000001])
  })

  it('name the process a socket is used for, unless it is the owner itself', () => {
    const pids = [0, 24_804, 34_323].map((effectivePid) => Object.assign({}, connection, { effectivePid }))
    expect(decode(pcblistBytes(pids)).workedFor).toEqual([0, 24_804, 0])
  })

  it('take the process a socket is used for as owner where no other is told', () => {
    const { rows, workedFor } = decode(pcblistBytes([{ ...connection, lastPid: 0, effectivePid: 5 }]))
    expect([rows[0], workedFor]).toEqual([expect.stringContaining('pid 5'), [0]])
  })

  it('leave out sockets that were never bound', () => {
    const unbound: PcblistSocket = {
      ...connection,
      local: { address: '0.0.0.0', port: 0 },
      remote: { address: '0.0.0.0', port: 0 },
      state: 0,
    }
    const { outcome, rows } = decode(pcblistBytes([unbound, connection]))
    expect([outcome.sockets, rows.length]).toEqual([2, 1])
  })

  it('tell states by their number, and no state for a number that is none', () => {
    const bytes = pcblistBytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1].map((state) => Object.assign({}, connection, { state })))
    expect(decode(bytes).rows.map((row) => row.split(',')[0]!.split(' ')[1])).toEqual([
      ...['CLOSED', 'LISTEN', 'SYN_SENT', 'SYN_RECEIVED', 'ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT_1', 'CLOSING', 'LAST_ACK'],
      ...['FIN_WAIT_2', 'TIME_WAIT', '-', '-'],
    ])
  })

  it('give the round-trip time in microseconds', () => {
    expect(decode(pcblistBytes([{ ...connection, srtt: 12 * 32 + 16 }])).records[0]![recordWord.roundTripMicros]).toBe(12_500)
  })

  it('give how often in a row the peer did not answer, but not of a listener', () => {
    const given = pcblistBytes([
      { ...connection, retransmitShift: 3 },
      { ...connection, retransmitShift: -1 },
      { ...connection, state: 1, retransmitShift: 3 },
    ])
    const queuesOnly = decode(pcblistBytes([sockets[0]!])).records[0]![recordWord.flags]!
    const flags = decode(given).records.map((record) => record[recordWord.flags]! & ~queuesOnly)
    expect(flags).toEqual([unansweredFlags(3), unansweredFlags(0), 0])
  })

  it('do not take a TCP and a UDP socket of the same generation count for one', () => {
    const udp = decode(pcblistBytes([{ ...connection, protocol: 'udp' }]), { protocol: 'udp' }).rows[0]
    expect(udp).toBe('udp4 -, 127.0.0.1 8001, 127.0.0.1 60348, pid 34323, queues 5 7, no counters, id 800000000027587a')
  })

  it('fall back to the tuple where the kernel gives no generation count', () => {
    const one = { ...connection, generation: 0n, pointer: 7n }
    const { records, rows } = decode(pcblistBytes([one, { ...one, pointer: 8n }, { ...one, state: 5 }]))
    expect(rows[0]).toMatch(/tuple$/)
    const identities = records.map((record) => `${record[0]} ${record[1]}`)
    expect([identities[0] === identities[1], identities[0] === identities[2]]).toEqual([false, true])
  })
})

describe('byte counters', () => {
  const counters = [
    [0xffff_ffffn, 10n],
    [1n, 20n],
    [0x1_0000_0000n, 0n],
    [5n, 1n],
  ] as const

  it.each([
    ['18.7.0', `bytes ${0xffff_ffffn + 1n + 0x1_0000_0000n + 5n} 31`],
    ['23.6.0', `bytes ${0xffff_ffffn + 1n + 0x1_0000_0000n + 5n} 31`],
    ['24.0.0', 'bytes 4294967295 10'],
    ['25.1.0', 'bytes 4294967295 10'],
    ['', 'no counters'],
  ])('of Darwin %s are %s', (release, expected) => {
    const [row] = decode(pcblistBytes([{ ...connection, counters }]), { counters: counterLayoutOf(release) }).rows
    expect(row).toContain(expected)
  })
})

describe('an answer laid out by a C compiler from the declarations', () => {
  const bytes = readFileSync(new URL('../../../fixtures/macos/pcblist-udp.bin', import.meta.url))

  it.each([
    ['traffic-classes', 'bytes 2024 519', 'bytes 1000 7'],
    ['data-first', 'bytes 1024 512', 'bytes 0 0'],
  ] as const)('is read whole, its counters as %s', (counters, first, second) => {
    const { outcome, rows } = decode(bytes, { protocol: 'udp', counters })
    expect([outcome, rows]).toEqual([
      whole(2),
      [
        `udp4 -, 0.0.0.0 5353, 0.0.0.0 0, pid 300, queues 7 9, ${first}, id 8000000000000004`,
        `udp6 -, :: 123, :: 0, pid 180, queues 7 9, ${second}, id 8000000000000005`,
      ],
    ])
  })
})

describe('hostile bytes', () => {
  const bytes = pcblistBytes(sockets)

  it('are an empty table only if the kernel says so', () => {
    expect(decode(pcblistBytes([])).outcome).toEqual(whole(0))
    expect(decode(bytes.subarray(0, 24)).outcome.fault).toBe('torn')
    expect(decode(new Uint8Array(0)).outcome.fault).toBe('no-header')
  })

  it('cut at any byte are called torn, and give whole sockets only', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { outcome, rows } = decode(bytes.subarray(0, length))
      expect([length, outcome.fault]).toEqual([length, length < 24 ? 'no-header' : 'torn'])
      expect(rows).toEqual(expectedRows.slice(0, rows.length))
    }
  })

  it('with an impossible length end the reading', () => {
    for (const length of [0, 7, longestRecordBytes + 1, 0xffffffff]) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt32LE(length, 24 + 104)
      expect(decode(damaged).outcome.fault).toBe('impossible-record-length')
    }
  })

  it('of a kind nobody knows are counted, and the rest is read', () => {
    const damaged = Buffer.from(bytes)
    damaged.writeUInt32LE(0x77, 24 + 104 + 4)
    expect(decode(damaged).outcome).toEqual({ ...whole(sockets.length), unknownKinds: 1 })
  })

  it('shorter than their kind are counted', () => {
    const damaged = Buffer.from(bytes)
    damaged.writeUInt32LE(64, 24)
    expect(decode(damaged).outcome.malformed).toBeGreaterThan(0)
  })

  it('of any kind never make it throw or run on', () => {
    const random = seededRandom(20_261_121)
    for (let round = 0; round < 3000; round += 1) {
      const damaged = Buffer.from(bytes)
      for (let hit = 0; hit < 1 + random.below(12); hit += 1) damaged[random.below(damaged.length)] = random.below(256)
      const { outcome, rows } = decode(damaged)
      expect(rows.length).toBeLessThanOrEqual(outcome.sockets)
      expect(outcome.sockets).toBeLessThanOrEqual(bytes.length / 24)
      const noise = Uint8Array.from({ length: random.below(400) }, () => random.below(256))
      expect(() => decode(noise, { protocol: 'udp', counters: 'data-first' })).not.toThrow()
    }
  })
})
