import { describe, expect, it } from 'vitest'
import { decodeAddress, decodeLink, decodeRoute } from '../../../src-main/statistics/linux/decode-rtnetlink.ts'
import { readAnswer, tableRequest } from '../../../src-main/statistics/linux/rtnetlink-message.ts'
import { attribute, done, netlinkMessage, refused, u16, u32, u64, zeroTerminated } from '../../builders/route-netlink-bytes.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const names = (index: number): string | undefined => (index === 4 ? 'eth0' : undefined)
const bytes = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat())

const statistics = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((value) => u64(value * 2 ** 33))
const link = bytes(
  [0, 0, ...u16(1), ...u32(4), ...u32(0x1 | 0x40), ...u32(0)],
  attribute(3, zeroTerminated('eth0')),
  attribute(4, u32(1500)),
  attribute(1, [2, 0xfc, 0, 0, 0, 1]),
  attribute(23, statistics),
)
const address = bytes([2, 24, 0, 0, ...u32(4)], attribute(1, [192, 0, 2, 9]), attribute(2, [192, 0, 2, 2]))
const route = bytes(
  [2, 24, 0, 0, 254, 2, 253, 1, ...u32(0)],
  attribute(15, u32(1000)),
  attribute(1, [192, 0, 2, 0]),
  attribute(6, u32(100)),
  attribute(7, [192, 0, 2, 2]),
  attribute(5, [192, 0, 2, 1]),
  attribute(4, u32(4)),
)

describe('bodies', () => {
  it('an interface with its 64-bit counters', () => {
    expect(decodeLink(link)).toEqual({
      index: 4,
      name: 'eth0',
      up: true,
      running: true,
      loopback: false,
      mtuBytes: 1500,
      hardwareAddress: '02:fc:00:00:00:01',
      addresses: [],
      counters: {
        receivedPackets: 2 ** 33,
        sentPackets: 2 * 2 ** 33,
        receivedBytes: 3 * 2 ** 33,
        sentBytes: 4 * 2 ** 33,
        receiveErrors: 5 * 2 ** 33,
        sendErrors: 6 * 2 ** 33,
        receiveDropped: 7 * 2 ** 33,
        sendDropped: 8 * 2 ** 33,
        collisions: 10 * 2 ** 33,
      },
    })
  })

  it('on a point-to-point link the own address, not the one of the peer', () => {
    expect(decodeAddress(address)).toEqual({ index: 4, address: { family: 'ipv4', address: '192.0.2.2', prefixLength: 24 } })
  })

  it('a route of a table with a number beyond one byte', () => {
    expect(decodeRoute(route, names)).toEqual({
      family: 'ipv4',
      destination: '192.0.2.0',
      prefixLength: 24,
      type: 'unicast',
      gateway: '192.0.2.1',
      interface: 'eth0',
      metric: 100,
      preferredSource: '192.0.2.2',
      origin: 'kernel',
      table: 1000,
    })
  })

  it('several ways with weights, and a gateway of the other family', () => {
    const six = [0xfd, ...Array.from({ length: 14 }, () => 0), 1]
    const body = bytes([2, 0, 0, 0, 254, 186, 0, 1, ...u32(0)], attribute(9, [...hop(3, six), ...hop(1, six)]))
    expect(decodeRoute(body, names)).toEqual({
      family: 'ipv4',
      destination: '0.0.0.0',
      prefixLength: 0,
      type: 'unicast',
      origin: 'bgp',
      table: 254,
      nextHops: [
        { gateway: 'fd00::1', interface: 'eth0', weight: 3 },
        { gateway: 'fd00::1', interface: 'eth0', weight: 1 },
      ],
    })
  })

  it('a prefix longer than the address makes no sense; cached routes and other families are not ours', () => {
    expect(decodeRoute(bytes([2, 33, 0, 0, 254, 2, 0, 1, ...u32(0)]), names)).toBeUndefined()
    expect(decodeRoute(bytes([10, 64, 0, 0, 254, 2, 0, 1, ...u32(0x200)]), names)).toBe('not-ours')
    expect(decodeRoute(bytes([28, 0, 0, 0, 254, 2, 0, 1, ...u32(0)]), names)).toBe('not-ours')
  })

  it('survive truncation at every byte and random bytes', () => {
    const random = seededRandom(11)
    for (const body of [link, address, route]) {
      for (let end = 0; end <= body.length; end += 1) decodeAll(body.subarray(0, end))
      for (let round = 0; round < 300; round += 1) {
        const broken = Uint8Array.from(body)
        for (let hit = 0; hit < 4; hit += 1) broken[random.below(broken.length)] = random.below(256)
        decodeAll(broken)
      }
    }
  })
})

function decodeAll(body: Uint8Array): void {
  decodeLink(body)
  decodeAddress(body)
  decodeRoute(body, names)
}

describe('answers', () => {
  it('asks for a whole table', () => {
    expect([...tableRequest(26, 7).subarray(0, 12)]).toEqual([32, 0, 0, 0, 26, 0, 1, 3, 7, 0, 0, 0])
  })

  it('goes on until the end is told, and skips messages of others', () => {
    const wanted = netlinkMessage(24, [...route])
    expect(read(bytes(wanted, netlinkMessage(24, [], { sequence: 2 }), netlinkMessage(99, [])))).toEqual({
      seen: 1,
      outcome: { finished: false, interrupted: false, malformed: 0 },
    })
    expect(read(bytes(wanted, done()))).toEqual({ seen: 1, outcome: { finished: true, interrupted: false, malformed: 0 } })
  })

  it('tells an error of the kernel and an interrupted dump', () => {
    expect(read(bytes(refused(1))).outcome).toEqual({ finished: true, error: 1, interrupted: false, malformed: 0 })
    expect(read(bytes(netlinkMessage(24, [], { flags: 0x12 }), done())).outcome.interrupted).toBe(true)
  })

  it('ends on a length that makes no sense, at every byte, with random bytes', () => {
    const answer = bytes(netlinkMessage(24, [...route]), netlinkMessage(24, [...route]), done())
    for (let end = 0; end < answer.length; end += 1) expect(read(answer.subarray(0, end)).seen).toBeLessThanOrEqual(2)
    const random = seededRandom(12)
    for (let round = 0; round < 500; round += 1) read(Uint8Array.from({ length: 64 }, () => random.below(256)))
    expect(read(bytes(u32(3), u32(0), u32(1), u32(0))).outcome).toEqual({ finished: true, interrupted: false, malformed: 1 })
  })
})

/** An rtnexthop with RTA_VIA. */
function hop(weight: number, gateway: readonly number[]): number[] {
  const inner = attribute(18, [...u16(10), ...gateway])
  return [...u16(8 + inner.length), 0, weight - 1, ...u32(4), ...inner]
}

function read(answer: Uint8Array): { seen: number; outcome: ReturnType<typeof readAnswer> } {
  let seen = 0
  const outcome = readAnswer(answer, { sequence: 1, wanted: 24 }, () => {
    seen += 1
    return true
  })
  return { seen, outcome }
}
