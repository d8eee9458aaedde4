import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseLsof } from '../../../../src-main/sources/macos/parse-lsof.ts'
import { recordWord } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../../src-main/table/row-table.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const recorded = readFileSync(new URL('../../../fixtures/macos/lsof-macos.F0.txt', import.meta.url), 'utf8')

function parse(text: string) {
  const records: Uint32Array[] = []
  const further: (readonly number[])[] = []
  const names: string[] = []
  const outcome = parseLsof(text, {
    record: createScratchRecord(),
    labels: { interface: (index) => 100 + index, text: (name) => names.push(name) },
    take: (record, pids) => {
      records.push(record.slice())
      further.push(pids)
    },
  })
  return { outcome, records, further, names, rows: records.map(recordText) }
}

/** Fields end in NUL, sets in a new line. */
const sets = (...lines: readonly (readonly string[])[]): string => lines.map((fields) => `${fields.join('\0')}\0\n`).join('')
const shell = ['p512', 'R1', 'crapportd', 'u501', 'Lana'] as const
const listener = ['f4', 'tIPv4', 'd0x1', 'PTCP', 'n127.0.0.1:80', 'TST=LISTEN', 'TQR=0', 'TQS=0'] as const

it('reads the recorded output whole', () => {
  const { outcome, rows, records, names } = parse(recorded)
  expect(outcome).toEqual({ rows: 5, malformed: 0 })
  expect(rows).toEqual([
    'tcp4 LISTEN, 0.0.0.0 49152, 0.0.0.0 0, pid 512, no queues, no counters, tuple',
    'tcp6 LISTEN, :: 49152, :: 0, pid 512, no queues, no counters, tuple',
    'tcp6 ESTABLISHED, fe80::aede:48ff:fe00:1122 49206, fe80::aede:48ff:fe33:4455 52032, pid 512, queues 0 0, no counters, tuple',
    'tcp6 SYN_RECEIVED, 127.0.0.1 8443, 127.0.0.1 50000, pid 700, queues 0 0, no counters, tuple',
    'udp4 -, 0.0.0.0 5353, 0.0.0.0 0, pid 700, no queues, no counters, tuple',
  ])
  expect([records[2]?.[recordWord.interface], names[0]]).toEqual([104, 'alice'])
  expect([...records[3]!.subarray(recordWord.local, recordWord.local + 4)]).toEqual([0, 0, 0xffff, 0x7f000001])
})

it('shows a socket that several processes hold once, with all of them', () => {
  const child = ['p513', ...shell.slice(1)]
  const { rows, further } = parse(sets(shell, listener, ['f5', ...listener.slice(1)], child, listener, ['p514'], listener))
  expect([rows.length, further]).toEqual([1, [[513, 514]]])
})

it('does not take two sockets with one tuple for one', () => {
  const { rows, records } = parse(sets(shell, listener, ['f5', 'tIPv4', 'd0x2', ...listener.slice(3)]))
  expect([rows.length, records[0]![0] === records[1]![0]]).toEqual([2, false])
})

it('passes over what is no TCP or UDP socket, and counts what cannot be one', () => {
  const others = [
    ['f1', 'tVCHR', 'd0x3', 'n/dev/null'],
    ['f2', 'tIPv4', 'd0x4', 'PICMP', 'n*:*'],
  ]
  const bad = ['n127.0.0.1', 'n127.0.0.1:http', 'n[::1:80', 'n127.0.0.1:70000'].map((name, at) => [
    'f9',
    'tIPv4',
    `d0x9${at}`,
    'PTCP',
    name,
  ])
  expect(parse(sets(shell, ...others, ...bad)).outcome).toEqual({ rows: 0, malformed: 4 })
})

it('leaves out sockets that were never bound, which are no fault of the output', () => {
  const { outcome, rows } = parse(sets(shell, ['f4', 'tIPv4', 'd0x1', 'PUDP', 'n*:*']))
  expect([outcome, rows]).toEqual([{ rows: 1, malformed: 0 }, []])
})

it('believes no descriptor that stands before any process', () => {
  expect(parse(sets(listener, ['pmany'], listener)).outcome).toEqual({ rows: 0, malformed: 1 })
})

it('survives truncation at every byte and noise', () => {
  for (let length = 0; length < recorded.length; length += 1) expect(parse(recorded.slice(0, length)).outcome.rows).toBeLessThanOrEqual(5)
  const random = seededRandom(3)
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(recorded)
    for (let hit = 0; hit < 12; hit += 1) bytes[random.below(bytes.length)] = random.below(256)
    expect(() => parse(bytes.toString('utf8'))).not.toThrow()
  }
})
