import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addressText } from '../../../src-shared/model/address.ts'
import { absentCount, timerKinds } from '../../../src-shared/model/columns.ts'
import { stateOfCode } from '../../../src-shared/model/tcp-state.ts'
import { parseProcNet, type ProcNetTable } from '../../../src-main/sources/linux/parse-proc-net.ts'
import { flagUnanswered, recordWord, unansweredOfFlags } from '../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

/** Recorded files begin with two lines that say where they come from. */
function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/linux/proc-net-${name}.txt`, import.meta.url), 'latin1')
    .split('\n')
    .slice(2)
    .join('\n')
}

const tcp: ProcNetTable = { protocol: 'tcp', family: 4 }
const udp: ProcNetTable = { protocol: 'udp', family: 4 }

function parse(text: string | Uint8Array, table: ProcNetTable) {
  const records: Uint32Array[] = []
  const malformed = parseProcNet(typeof text === 'string' ? Buffer.from(text, 'latin1') : text, table, {
    record: createScratchRecord(),
    userReference: (uid) => uid + 1,
    take: (record) => records.push(record.slice()),
  })
  return { malformed, records, rows: records.map(line) }
}

const told = (value: number): number | string => (value === absentCount ? '-' : value)

function line(record: Uint32Array): string {
  const word = (name: keyof typeof recordWord, offset = 0): number => record[recordWord[name] + offset]!
  const head = word('head')
  const family = (head >>> 8) & 255
  const address = (name: 'local' | 'remote') => addressText(family, word(name), word(name, 1), word(name, 2), word(name, 3))
  return [
    `${head & 255 ? 'udp' : 'tcp'}${family}`,
    stateOfCode((head >>> 16) & 255) ?? '-',
    `${address('local')} ${word('ports') >>> 16}`,
    `${address('remote')} ${word('ports') & 0xffff}`,
    `queues ${told(word('receiveQueue'))} ${told(word('sendQueue'))}`,
    `${timerKinds[head >>> 24]} ${word('timerMs')}`,
    `user ${word('user')} inode ${word('inode')}`,
  ].join(', ')
}

const identity = (record: Uint32Array): string => `${record[0]} ${record[1]}`
const identityIn = (text: string, table: ProcNetTable = tcp): string => identity(parse(oneLine(text), table).records[0]!)
const oneLine = (rest: string): string => `heading\n   0: ${rest}\n`
const usual = '0100007F:1F90 0100007F:C6FE 01 00000005:00000007 02:0000173D 00000000  1000        0 1049179 1 0 20 4 30 10 -1'

const unanswered = (text: string, table: ProcNetTable = tcp): number | undefined => {
  const flags = parse(oneLine(text), table).records[0]![recordWord.flags]!
  return (flags & flagUnanswered) === 0 ? undefined : unansweredOfFlags(flags)
}
const timed = (timer: string, retransmits: string, probes: number): string =>
  `0100007F:1F90 0100007F:C6FE 01 00000005:00000007 ${timer}:0000173D ${retransmits}  1000        ${probes} 1049179 1 0 20 4 30 10 -1`

describe('what is unanswered', () => {
  it('is retransmissions or probes, as the timer says', () => {
    expect([
      unanswered(timed('01', '00000003', 9)),
      unanswered(timed('04', '00000003', 9)),
      unanswered(timed('02', '00000000', 2)),
    ]).toEqual([3, 9, 2])
    expect(unanswered(timed('01', 'FFFFFFFF', 0))).toBe(254)
  })

  it('is not told of listeners and UDP', () => {
    expect(unanswered(usual.replace('0100007F:C6FE 01', '00000000:0000 0A'))).toBeUndefined()
    expect(unanswered(usual, udp)).toBeUndefined()
  })
})

describe('recorded files', () => {
  it('of TCP are read whole', () => {
    expect(parse(fixture('tcp'), tcp)).toMatchObject({
      malformed: 0,
      rows: [
        'tcp4, LISTEN, 127.0.0.1 8080, 0.0.0.0 0, queues 0 -, none 0, user 1 inode 1049175',
        'tcp4, ESTABLISHED, 127.0.0.1 8080, 127.0.0.1 50942, queues 0 0, none 0, user 1 inode 1049179',
        'tcp4, CLOSE_WAIT, 127.0.0.1 8080, 127.0.0.1 50954, queues 0 0, none 0, user 1 inode 1049185',
        'tcp4, ESTABLISHED, 127.0.0.1 50942, 127.0.0.1 8080, queues 0 0, keepalive 59490, user 1 inode 1049178',
        'tcp4, FIN_WAIT_2, 127.0.0.1 50954, 127.0.0.1 8080, queues 0 0, none 0, user 1 inode 1049184',
        'tcp4, ESTABLISHED, 127.0.0.1 39010, 127.0.0.1 8082, queues 0 0, none 0, user 1 inode 1049182',
      ],
    })
  })

  it('of TCP over IPv6 show mapped addresses as the IPv4 they are', () => {
    expect(parse(fixture('tcp6'), { protocol: 'tcp', family: 6 }).rows).toEqual([
      'tcp6, LISTEN, ::1 8081, :: 0, queues 0 -, none 0, user 1 inode 1049176',
      'tcp6, LISTEN, :: 8082, :: 0, queues 0 -, none 0, user 1 inode 1049177',
      'tcp6, ESTABLISHED, ::1 42476, ::1 8081, queues 0 0, none 0, user 1 inode 1049180',
      'tcp6, ESTABLISHED, 127.0.0.1 8082, 127.0.0.1 39010, queues 0 0, none 0, user 1 inode 1049183',
      'tcp6, ESTABLISHED, ::1 8081, ::1 42476, queues 0 0, none 0, user 1 inode 1049181',
    ])
  })

  it('of UDP have no states', () => {
    expect(parse(fixture('udp'), udp).rows).toEqual([
      'udp4, -, 127.0.0.1 59540, 127.0.0.1 5353, queues 0 0, none 0, user 1 inode 1049188',
      'udp4, -, 127.0.0.1 5353, 0.0.0.0 0, queues 0 0, none 0, user 1 inode 1049186',
    ])
    expect(parse(fixture('udp6'), { protocol: 'udp', family: 6 }).rows).toEqual([
      'udp6, -, ::1 5354, :: 0, queues 0 0, none 0, user 1 inode 1049187',
    ])
  })
})

describe('a line', () => {
  it('tells queues, timer and user', () => {
    expect(parse(oneLine(usual), tcp).rows).toEqual([
      'tcp4, ESTABLISHED, 127.0.0.1 8080, 127.0.0.1 50942, queues 7 5, keepalive 59490, user 1001 inode 1049179',
    ])
  })

  it('without an inode has no user', () => {
    expect(parse(oneLine(usual.replace('1049179', '0').replace(' 01 ', ' 06 ')), tcp).rows[0]).toContain('TIME_WAIT')
    expect(parse(oneLine(usual.replace('1049179', '0')), tcp).rows[0]).toContain('user 0 inode 0')
  })

  it('in an internal state of the kernel has the word of its public twin', () => {
    expect(parse(oneLine(usual.replace(' 01 ', ' 0C ')), tcp).rows[0]).toContain('SYN_RECEIVED')
    expect(parse(oneLine(usual.replace(' 01 ', ' 0D ')), tcp).rows[0]).toContain('BOUND')
    expect(parse(oneLine(usual.replace(' 01 ', ' 0E ')), tcp)).toMatchObject({ malformed: 1, rows: [] })
  })

  it.each([
    ['an address that is too short', usual.replace('0100007F:1F90', '010000:1F90')],
    ['an address that is too long', usual.replace('0100007F:1F90', '0100007F00:1F90')],
    ['no port', usual.replace('0100007F:1F90', '0100007F')],
    ['a port beyond 65535', usual.replace('1F90', '1F901')],
    ['letters that are no digits', usual.replace('1F90', '1G90')],
    ['no inode', usual.slice(0, usual.indexOf('1049179'))],
    ['an inode beyond 32 bits', usual.replace('1049179', '4294967296')],
    ['nothing but spaces', '    '],
  ])('with %s is counted and skipped, and the next one read', (_what, bad) => {
    expect(parse(`heading\n  0: ${bad}\n  1: ${usual}\n`, tcp)).toMatchObject({ malformed: 1, rows: [expect.stringContaining('8080')] })
  })

  it('that was torn off by the end of the file is dropped', () => {
    const text = oneLine(usual)
    for (let length = 0; length < text.length; length += 1)
      expect(parse(text.slice(0, length), tcp)).toMatchObject({ malformed: 0, rows: [] })
  })
})

describe('the identity of a row', () => {
  it('of a connection stays when state, queues and inode change', () => {
    const later = usual.replace(' 01 ', ' 06 ').replace('00000005', '00000000').replace('1049179', '0')
    expect(identityIn(later)).toBe(identityIn(usual))
  })

  it('differs by port, address, family and protocol', () => {
    const mapped = usual.replaceAll('0100007F:', '0000000000000000FFFF00000100007F:')
    const all = [
      identityIn(usual),
      identityIn(usual.replace('1F90', '1F91')),
      identityIn(usual.replace('C6FE', 'C6FF')),
      identityIn(usual.replace('0100007F:1F90', '0200007F:1F90')),
      identityIn(mapped, { protocol: 'tcp', family: 6 }),
      identityIn(usual, udp),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it('of sockets that share a port (SO_REUSEPORT) differs by inode', () => {
    const listener = '00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1'
    expect(identityIn(listener)).not.toBe(identityIn(listener.replace(' 77 ', ' 78 ')))
    expect(identityIn(usual, udp)).not.toBe(identityIn(usual.replace('1049179', '1049180'), udp))
  })

  it('has no collisions among 100,000 neighbours', () => {
    const lines: string[] = []
    for (let port = 0; port < 50_000; port += 1)
      for (const local of ['0100007F', '0200007F'])
        lines.push(` 0: ${local}:1F90 0100007F:${port.toString(16)} 01 0:0 00:0 0 0 0 ${port + 1} 1`)
    const { records } = parse(`heading\n${lines.join('\n')}\n`, tcp)
    expect(new Set(records.map(identity)).size).toBe(100_000)
  })
})

it('whatever the bytes are, it ends without a throw: 5,000 mutated files', () => {
  const random = seededRandom(7)
  const files = (['tcp', 'tcp6', 'udp'] as const).map((name) => [Buffer.from(fixture(name), 'latin1'), name] as const)
  for (let round = 0; round < 5000; round += 1) {
    const [original, name] = files[round % files.length]!
    const bytes = Uint8Array.from(original)
    for (let count = random.below(30); count > 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256)
    const cut = random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length)) : bytes
    const { malformed, records } = parse(cut, { protocol: name === 'udp' ? 'udp' : 'tcp', family: name === 'tcp6' ? 6 : 4 })
    expect(malformed + records.length).toBeLessThanOrEqual(cut.filter((byte) => byte === 10).length)
  }
})
