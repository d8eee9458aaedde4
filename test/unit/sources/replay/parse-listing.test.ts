import { describe, expect, it } from 'vitest'
import { parseListing, type Listing } from '../../../../src-main/sources/replay/parse-listing.ts'
import { seededRandom } from '../../../builders/seeded-random.ts'
import { printedConnections } from './listings.ts'

const printed = printedConnections()
const array = JSON.stringify(printed, undefined, 2)
const lines = printed.map((connection) => `${JSON.stringify(connection)}\n`).join('')
const ids = (listing: Listing): string[] | undefined => (listing.ok ? listing.connections.map(({ told }) => told.id) : undefined)
const [first] = printed
const withField = (field: string, value: unknown): Listing => parseListing(JSON.stringify([{ ...first, [field]: value }, printed[1]]))

describe('parseListing', () => {
  it('reads an array and lines alike, also with the line ends of Windows', () => {
    const all = printed.map(({ id }) => id)
    expect([array, lines, lines.replaceAll('\n', '\r\n')].map((text) => ids(parseListing(text)))).toEqual([all, all, all])
    expect(parseListing(lines)).toEqual(parseListing(array))
  })

  it.each(['', ' \n\n', '[]'])('takes %j as a listing of nothing', (text) => {
    expect(parseListing(text)).toEqual({ ok: true, connections: [], skipped: [] })
  })

  it.each(['{', '{}', 'null', '17', '"text"', '[1]', '[', 'id,pid\n1,2\n', '[[[[', '\0'])('takes %j as no listing', (text) => {
    expect(parseListing(text)).toEqual({ ok: false })
  })

  it('keeps whole lines of a listing cut anywhere and names the cut one; a cut array is no listing', () => {
    const bytes = Buffer.from(lines)
    const intact = parseListing(lines)
    const all = intact.ok ? intact.connections : []
    for (let length = 50; length < bytes.length; length += 50) {
      const cut = bytes.subarray(0, length)
      const whole = cut.toString('latin1').split('\n').length - 1
      const skipped = bytes[length - 1] === 10 ? [] : [{ at: whole + 1 }]
      const wanted = whole === 0 ? { ok: false } : { ok: true, connections: all.slice(0, whole), skipped }
      expect(parseListing(cut.toString())).toEqual(wanted)
    }
    const arrayBytes = Buffer.from(array)
    for (let length = 50; length < arrayBytes.length; length += 50)
      expect(parseListing(arrayBytes.subarray(0, length).toString())).toEqual({ ok: false })
  })

  it.each<[string, unknown, string]>([
    ['id', 'x0000000000000001', 'id'],
    ['id', 5, 'id'],
    ['protocol', 'sctp', 'protocol'],
    ['family', 'ipx', 'family'],
    ['state', 'OPEN', 'state'],
    ['local', null, 'local'],
    ['local', { address: '127.0.0.1', port: 65536 }, 'local.port'],
    ['local', { address: '::1', port: 1 }, 'local.address'],
    ['local', { address: '127.1', port: 1 }, 'local.address'],
    ['remote', { address: 'host', port: 1 }, 'remote.address'],
    ['owners', {}, 'owners'],
    ['owners', [{ pid: -1 }], 'owners.0.pid'],
    ['owners', [{ pid: 1, name: 5 }], 'owners.0.name'],
    ['owners', [{ pid: 1, startedAt: 'yesterday' }], 'owners.0.startedAt'],
    ['visibility', 'toString', 'visibility'],
    ['firstSeenAt', '1969-12-31T23:59:59Z', 'firstSeenAt'],
    ['receivedBytes', -1, 'receivedBytes'],
    ['receivedBytes', 2 ** 60, 'receivedBytes'],
    ['backlog', 0xffffffff, 'backlog'],
    ['roundTripMs', '1', 'roundTripMs'],
    ['timer', { kind: 'alarm' }, 'timer.kind'],
    ['user', null, 'user'],
  ])('skips an entry whose %s is %j and keeps the next', (field, value, told) => {
    const listing = withField(field, value)
    expect(ids(listing)).toEqual([printed[1]?.id])
    expect(listing.ok && listing.skipped).toEqual([{ at: 1, field: told }])
  })

  it('skips a second entry with the bits of the first, and passes over fields it does not know', () => {
    const twin = { ...first, id: `t${first?.id.slice(1)}`, extra: { deep: [] } }
    const listing = parseListing(JSON.stringify([twin, first]))
    expect(ids(listing)).toEqual([twin.id])
    expect(listing.ok && listing.skipped).toEqual([{ at: 2, field: 'id' }])
  })

  it('answers whatever chance makes of a listing', () => {
    const chance = seededRandom(7)
    let intact = 0
    for (let round = 0; round < 500; round += 1) {
      const bytes = Buffer.from(chance.chance(0.5) ? array : lines)
      for (let change = chance.below(6); change >= 0; change -= 1) bytes[chance.below(bytes.length)] = chance.below(256)
      const listing = parseListing(bytes.toString())
      if (!listing.ok) continue
      intact += 1
      expect(listing.connections.length + listing.skipped.length).toBeGreaterThan(0)
      for (const { local, remote } of listing.connections)
        expect([...local, ...remote].every((word) => word >= 0 && word <= 0xffffffff)).toBe(true)
    }
    expect(intact).toBeGreaterThan(100)
  })

  it('answers a text nested a hundred thousand deep', () => {
    expect(parseListing('['.repeat(100_000) + ']'.repeat(100_000))).toEqual({ ok: false })
  })
})
