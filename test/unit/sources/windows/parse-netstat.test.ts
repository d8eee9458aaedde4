import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createNetstatSource } from '../../../../src-main/sources/windows/netstat-source.ts'
import { parseNetstat } from '../../../../src-main/sources/windows/parse-netstat.ts'
import { recordWord } from '../../../../src-main/table/row-record.ts'
import { createScratchRecord, RowTable } from '../../../../src-main/table/row-table.ts'
import { recordText } from '../../../builders/record-text.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/windows/${name}`, import.meta.url), 'latin1')
const files = ['netstat-ano-en.txt', 'netstat-ano-de.cp850.txt', 'netstat-ano-fr.cp850.txt', 'netstat-ano-zh.gbk.txt'] as const

/** Recorded here: Wine's netstat ignores -o. */
const wineOutput = `
Active Connections

  Proto  Local Address          Foreign Address        State
  TCP    127.0.0.1:35027        127.0.0.1:45711        ESTABLISHED
  UDP    127.0.0.1:45712        *:*
`

function parse(text: string) {
  const records: Uint32Array[] = []
  const outcome = parseNetstat(text, {
    record: createScratchRecord(),
    scopeReference: (scope) => scope,
    take: (record) => records.push(record.slice()),
  })
  return { outcome, records, rows: records.map((record) => recordText(record).replace(', no queues, no counters, tuple', '')) }
}

/** What stands in a file, read by hand: every line that begins with a protocol. */
const dataLines = (text: string): number => text.split('\n').filter((line) => /^ +(?:TCP|UDP) /.test(line)).length

describe('netstat -ano', () => {
  it.each(files)('gives every row of %s, with its state and owner', (file) => {
    const text = fixture(file)
    const { outcome, records } = parse(text)
    expect(outcome).toEqual({ rows: dataLines(text), malformed: 0, unknownStates: 0 })
    expect(records).toHaveLength(dataLines(text))
  })

  it('is understood in English', () => {
    expect(parse(fixture('netstat-ano-en.txt')).rows).toEqual(
      expect.arrayContaining([
        'tcp4 LISTEN, 0.0.0.0 135, 0.0.0.0 0, pid 1052',
        'tcp4 ESTABLISHED, 192.168.1.23 50210, 20.42.65.92 443, pid 7781',
        'tcp4 TIME_WAIT, 127.0.0.1 42127, 127.0.0.1 51888, pid 0',
        'tcp6 LISTEN, :: 135, :: 0, pid 1052',
        'tcp6 ESTABLISHED, fe80::b1d7:da26:3873:fc51 49700, fe80::1 445, pid 4',
        'udp6 -, fe80::b1d7:da26:3873:fc51 1900, :: 0, pid 2216',
      ]),
    )
  })

  it('is understood in German, code page 850', () => {
    expect(parse(fixture('netstat-ano-de.cp850.txt')).rows).toEqual(
      expect.arrayContaining([
        'tcp4 LISTEN, 0.0.0.0 135, 0.0.0.0 0, pid 1060',
        'tcp4 ESTABLISHED, 127.0.0.1 44080, 127.0.0.1 49918, pid 2468',
        'tcp4 FIN_WAIT_2, 127.0.0.1 44080, 127.0.0.1 51244, pid 2468',
        'tcp4 CLOSE_WAIT, 127.0.0.1 49186, 127.0.0.1 49273, pid 4321',
        'tcp4 TIME_WAIT, 127.0.0.1 51231, 127.0.0.1 44080, pid 0',
        'tcp6 ESTABLISHED, ::1 22350, ::1 49370, pid 3333',
      ]),
    )
  })

  it('is understood in French and Chinese', () => {
    expect(parse(fixture('netstat-ano-fr.cp850.txt')).rows[2]).toBe('tcp4 CLOSE_WAIT, 192.168.1.10 49731, 52.97.1.2 443, pid 8840')
    expect(parse(fixture('netstat-ano-zh.gbk.txt')).rows).toContain('tcp4 ESTABLISHED, 127.0.0.1 3080, 127.0.0.1 64830, pid 38088')
  })

  it('tells the zone of an IPv6 address', () => {
    const { records } = parse('  UDP    [fe80::1%12]:1900  *:*    2216\n')
    expect(records[0]?.[recordWord.interface]).toBe(12)
  })

  it('leaves the state open in a language not known here; a foreign port 0 still means listening', () => {
    const { rows, outcome } = parse('  TCP  0.0.0.0:80  0.0.0.0:0  ESCUCHA YA  12\n  TCP  1.2.3.4:5  1.2.3.4:6  ESTABLECIDO  12\n')
    expect(rows).toEqual(['tcp4 LISTEN, 0.0.0.0 80, 0.0.0.0 0, pid 12', 'tcp4 -, 1.2.3.4 5, 1.2.3.4 6, pid 12'])
    expect(outcome.unknownStates).toBe(1)
  })

  it('skips module lines and reasons of -b', () => {
    const { outcome } = parse(
      '  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  924\n  RpcSs\n [svchost.exe]\n Can not obtain ownership information\n',
    )
    expect(outcome).toEqual({ rows: 1, malformed: 0, unknownStates: 0 })
  })

  it.each([
    '  TCP  0.0.0.0:99999  0.0.0.0:0  LISTENING  1',
    '  TCP  300.0.0.1:80  0.0.0.0:0  LISTENING  1',
    '  TCP  [::1]:80  127.0.0.1:5  ESTABLISHED  1',
    '  TCP  [::1::]:80  [::]:0  LISTENING  1',
    '  TCP  127.0.0.1:80  *:*  LISTENING  99999999999',
    `  TCP  127.0.0.1:80  127.0.0.1:5  ${'A'.repeat(600)}  1`,
    '  UDP  0.0.0.0:500',
  ])('counts %j as malformed', (line) => {
    expect(parse(line).outcome).toEqual({ rows: 0, malformed: 1, unknownStates: 0 })
  })

  it('survives being cut at every byte, and random bytes', () => {
    for (const file of files) {
      const text = fixture(file)
      const rows = new Set(parse(text).rows)
      for (let length = 0; length < text.length; length += 1) {
        const cut = parse(text.slice(0, length)).rows
        // Only the last line can be torn, and then only its number can be shorter.
        for (const row of cut.slice(0, -1)) expect(rows).toContain(row)
      }
    }
    const random = seededRandom(5)
    const bytes = fixture('netstat-ano-en.txt')
    for (let round = 0; round < 300; round += 1)
      parse(bytes.replaceAll(/[^]/g, (character) => (random.chance(0.05) ? String.fromCharCode(random.below(256)) : character)))
  })
})

function open(text: string) {
  return createNetstatSource({
    systemRoot: 'D:\\Windows',
    run: (file, args) =>
      file === String.raw`D:\Windows\System32\netstat.exe` && args.join() === '-ano'
        ? { ok: true, bytes: Buffer.from(text, 'latin1') }
        : { ok: false, reason: `${file} ${args.join(' ')}` },
  }).open()
}

describe('the netstat source', () => {
  it('calls the tool of the system folder and fills the table', () => {
    const source = open(fixture('netstat-ano-de.cp850.txt'))
    const table = new RowTable({ sessionBase: 's' })
    table.begin(1000)
    expect('look' in source && source.look(table)).toEqual({ ok: true, unread: [], problems: [] })
    expect(table.count).toBe(dataLines(fixture('netstat-ano-de.cp850.txt')))
  })

  it('says that states were not understood', () => {
    const source = open('  TCP  1.2.3.4:5  1.2.3.4:6  ESTABLECIDO  12\n')
    const table = new RowTable({ sessionBase: 's' })
    table.begin(1000)
    expect('look' in source && source.look(table)).toMatchObject({ ok: true, problems: [{ code: 'malformed-answer' }] })
  })

  it.each([wineOutput, '', 'no such program'])('is unusable where no row tells its owner', (text) => {
    expect(open(text)).toMatchObject({ unusable: expect.stringContaining('no rows') })
  })
})
