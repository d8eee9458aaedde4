import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseNetstat } from '../../../../src-main/sources/macos/parse-netstat.ts'
import { recordWord } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../../src-main/table/row-table.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/macos/netstat-${name}.txt`, import.meta.url), 'latin1')

function parse(text: string) {
  const records: Uint32Array[] = []
  const workedFor: number[] = []
  const zones: string[] = []
  const outcome = parseNetstat(text, {
    record: createScratchRecord(),
    labels: { interface: (index) => 100 + index, text: (name) => zones.push(name) },
    take: (record, pid) => {
      records.push(record.slice())
      workedFor.push(pid)
    },
  })
  return { outcome, records, workedFor, zones, rows: records.map(recordText) }
}

const understood = (rows: number) => ({ rows, malformed: 0, understood: true })

describe('the columns of each release', () => {
  it('of 10.14, with bytes and without options', () => {
    const { outcome, rows, workedFor, zones } = parse(fixture('macos10'))
    expect(outcome).toEqual(understood(3))
    expect(rows).toEqual([
      'tcp4 ESTABLISHED, 127.0.0.1 6379, 127.0.0.1 52216, pid 24687, queues 0 0, bytes 403346 146988, tuple',
      'tcp4 TIME_WAIT, 127.0.0.1 52216, 127.0.0.1 6379, pid 0, queues 0 0, bytes 0 0, tuple',
      'tcp6 CLOSE_WAIT, fe80::1 8021, fe80::aede:48ff:fe00:1122 49206, pid 310, queues 3 4, no counters, tuple',
    ])
    expect([workedFor, zones]).toEqual([[0, 0, 311], ['lo0']])
  })

  it('of 11 and 12, without bytes, tables of both protocols under one heading', () => {
    const { outcome, rows } = parse(fixture('macos11-12'))
    expect(outcome).toEqual(understood(5))
    expect(rows).toEqual([
      'tcp6 LISTEN, :: 35729, :: 0, pid 33784, no queues, no counters, tuple',
      'tcp4 LISTEN, 127.0.0.1 8000, 0.0.0.0 0, pid 24811, no queues, no counters, tuple',
      'tcp4 FIN_WAIT_2, 127.0.0.1 6379, 127.0.0.1 52216, pid 24687, queues 0 0, no counters, tuple',
      'tcp6 ESTABLISHED, ::1 5002, ::1 52167, pid 31195, queues 0 0, no counters, tuple',
      'udp6 -, :: 21424, :: 0, pid 12525, queues 0 0, no counters, tuple',
    ])
  })

  it('of 13 and 14, whose generation count names the socket as the kernel does', () => {
    const { outcome, rows, workedFor } = parse(fixture('macos13-14'))
    expect([outcome, workedFor]).toEqual([understood(4), [0, 24_804, 24_804, 0]])
    expect(rows.map((row) => row.slice(row.indexOf('pid')))).toEqual([
      'pid 34323, queues 0 0, no counters, id 27587a',
      'pid 24807, queues 0 0, no counters, id 275879',
      'pid 24807, queues 0 0, no counters, id 27585b',
      'pid 10521, no queues, no counters, id 965d',
    ])
  })

  it('of 15, with bytes always', () => {
    expect(parse(fixture('macos15')).rows).toEqual([
      'tcp4 ESTABLISHED, 127.0.0.1 4242, 127.0.0.1 55910, pid 2415, queues 0 0, bytes 1108 1454, id bf559bb',
      'tcp4 LISTEN, 0.0.0.0 22, 0.0.0.0 0, pid 1, no queues, bytes 0 0, id bf559bc',
      'udp4 -, 0.0.0.0 123, 0.0.0.0 0, pid 180, queues 0 0, bytes 0 0, id 8000000000001a33',
    ])
  })

  it('of 26, whose names hold anything, and whose heading is wider than the rows', () => {
    const { outcome, rows } = parse(fixture('macos26'))
    expect(outcome).toEqual(understood(4))
    expect(rows.map((row) => row.slice(row.indexOf('pid')))).toEqual([
      'pid 2415, queues 0 0, bytes 1108 1454, id bf559bb',
      'pid 99991, queues 0 0, bytes 1454 1108, id bf559bc',
      'pid 1, no queues, bytes 0 0, id bf559bd',
      'pid 0, queues 0 0, bytes 0 0, id bf559be',
    ])
  })
})

const heading = 'Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)  pid   epid\n'

describe('what is no table', () => {
  it('is told from one: no output, another heading, no owners', () => {
    for (const text of ['', 'netstat: illegal option -- l\n', heading.replace('pid   epid', ''), 'tcp4 0 0 127.0.0.1.1 *.* LISTEN 1 0\n'])
      expect(parse(text).outcome).toEqual({ rows: 0, malformed: 0, understood: false })
  })

  it('are rows with an address, port or owner that cannot be; they are counted', () => {
    const bad = ['300.0.0.1.80 *.*', '127.0.0.1.99999 *.*', '127.0.0.1 *.*', 'fe80:::1.80 *.*', '::1.80 *.*', '127.0.0.1.http *.*']
    const text = bad.map((endpoints) => `tcp4 0 0 ${endpoints} LISTEN 7 0\n`).join('')
    expect(parse(`${heading}${text}tcp4 0 0 127.0.0.1.80 *.* LISTEN - 0\n`).outcome).toEqual({ rows: 0, malformed: 7, understood: true })
  })

  it('is no state that another release invents: the row stays, without a state', () => {
    expect(parse(`${heading}tcp4 0 0 127.0.0.1.80 *.* NEW_STATE 7 0\n`).rows[0]).toMatch(/^tcp4 -, /)
  })
})

const identity = (record: Uint32Array | undefined) => `${record?.[0]} ${record?.[1]}`

const identitiesOfTwo = (endpoints: string, state: string) =>
  parse(`${heading}tcp4 0 0 ${endpoints} ${state} 7 0\ntcp4 0 0 ${endpoints} ${state} 8 0\n`).records.map(identity)

it('tells listeners with one tuple apart by their owner, connections not', () => {
  const [first, second] = identitiesOfTwo('127.0.0.1.80 *.*', 'LISTEN')
  expect(first).not.toBe(second)
  const [third, fourth] = identitiesOfTwo('127.0.0.1.80 127.0.0.1.81', 'ESTABLISHED')
  expect(third).toBe(fourth)
})

it('leaves out sockets that were never bound, which are no fault of the output', () => {
  const { outcome, rows } = parse(`${heading}tcp4 0 0 *.* *.* CLOSED 7 0\nudp46 0 0 *.* *.* 7 0\n`)
  expect([outcome, rows]).toEqual([understood(2), []])
})

it('takes an interface out of an address that still holds it', () => {
  const { records, rows } = parse(`${heading}tcp6 0 0 fe80:4::1.80 fe80:4::2.81 ESTABLISHED 7 0\n`)
  expect([rows[0]?.split(', ').slice(1, 3), records[0]?.[recordWord.interface]]).toEqual([['fe80::1 80', 'fe80::2 81'], 104])
})

it('survives truncation at every byte and noise', () => {
  const texts = ['macos10', 'macos11-12', 'macos13-14', 'macos15', 'macos26'].map(fixture)
  const random = seededRandom(7)
  for (const text of texts) {
    const whole = parse(text).outcome.rows
    for (let length = 0; length < text.length; length += 1) expect(parse(text.slice(0, length)).outcome.rows).toBeLessThanOrEqual(whole)
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(text, 'latin1')
      for (let hit = 0; hit < 20; hit += 1) bytes[random.below(bytes.length)] = random.below(256)
      expect(() => parse(bytes.toString('latin1'))).not.toThrow()
    }
  }
})
