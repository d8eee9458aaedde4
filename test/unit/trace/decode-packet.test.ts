import { describe, expect, it } from 'vitest'
import { decodePacket, type ConversationEnds, type DecodedPacket } from '../../../src-main/trace/decode-packet.ts'
import { DuplicatePackets } from '../../../src-main/trace/duplicate-packets.ts'
import { PcapStream, type PcapRecord } from '../../../src-main/trace/pcap-stream.ts'
import { writePcap } from '../../../src-main/trace/pcap-file.ts'
import { ipv4Bytes, ipv6Bytes, linkBytes, linkTypes, pcapBytes, tcpBytes, tcpFlags, type TcpInput } from '../../builders/frame-bytes.ts'

const v4: ConversationEnds = { local: { address: '192.0.2.1', port: 40_000 }, remote: { address: '198.51.100.7', port: 443 } }
const v6: ConversationEnds = { local: { address: '2001:db8::1', port: 40_000 }, remote: { address: '2001:db8::2', port: 443 } }
const secret = 'THE-SECRET-PAYLOAD'

function recordsOf(bytes: Uint8Array, piece = bytes.length): { records: PcapRecord[]; stream: PcapStream } {
  const stream = new PcapStream()
  const records: PcapRecord[] = []
  for (let at = 0; at < bytes.length; at += piece)
    stream.push(bytes.subarray(at, at + piece), (record) => records.push({ ...record, bytes: record.bytes.slice() }))
  return { records, stream }
}

function decode(linkType: number, frame: Uint8Array, ends = v4, wireLength = frame.length): DecodedPacket | undefined {
  return decodePacket(linkType, { atMs: 5, wireLength, bytes: frame }, ends)
}

const v4Frame = (tcp: TcpInput, linkType = linkTypes.ethernet): Uint8Array => linkBytes(linkType, ipv4Bytes(tcpBytes(tcp)))

describe('the stream of a capture', () => {
  const frame = v4Frame({ payload: secret })

  it('is read in either byte order, in micro- and nanoseconds, in pieces of any size', () => {
    for (const littleEndian of [true, false]) {
      for (const nanoseconds of [true, false]) {
        const fraction = nanoseconds ? 123_456_789 : 123_456
        const bytes = pcapBytes(
          1,
          [
            { bytes: frame, fraction, wireLength: 999 },
            { bytes: frame, seconds: 5 },
          ],
          { littleEndian, nanoseconds },
        )
        for (const piece of [1, 7, 24, bytes.length]) {
          const { records, stream } = recordsOf(bytes, piece)
          expect(stream.linkType).toBe(1)
          expect(records.map(({ wireLength }) => wireLength)).toEqual([999, frame.length])
          expect(records[0]?.atMs).toBeCloseTo(1_795_161_600_123.456, 2)
          expect(records[1]?.atMs).toBe(5000)
          expect(records[0]?.bytes).toEqual(frame)
        }
      }
    }
  })

  it('that is none, or has a record without end, is given up once and for all', () => {
    const none = recordsOf(new TextEncoder().encode('tcpdump: no such thing as a capture here'), 5)
    expect(none.stream.problem).toBe('no-pcap')
    const endless = pcapBytes(1, [{ bytes: frame }])
    new DataView(endless.buffer).setUint32(24 + 8, 0x7fff_ffff, true)
    const { records, stream } = recordsOf(endless)
    expect([records.length, stream.problem]).toEqual([0, 'record-too-long'])
    stream.push(pcapBytes(1, [{ bytes: frame }]), () => expect.fail('nothing is read after a problem'))
  })

  it('holds back no more than the piece of a record that is not whole', () => {
    const { records } = recordsOf(pcapBytes(1, [{ bytes: frame }]).subarray(0, -1))
    expect(records).toEqual([])
  })
})

describe('a frame', () => {
  it('is read below every link layer, both families, VLAN tags included', () => {
    const frames: readonly (readonly [number, Uint8Array])[] = [
      ...[linkTypes.ethernet, linkTypes.linuxSll, linkTypes.sll2, linkTypes.null, linkTypes.loop, linkTypes.raw, linkTypes.pktap].map(
        (linkType) => [linkType, v4Frame({ flags: tcpFlags.syn, sequence: 77, payload: 'x' }, linkType)] as const,
      ),
      [linkTypes.ethernet, linkBytes(linkTypes.ethernet, ipv4Bytes(tcpBytes({ flags: 2, sequence: 77, payload: 'x' })), { vlan: 1 })],
      [linkTypes.ethernet, linkBytes(linkTypes.ethernet, ipv4Bytes(tcpBytes({ flags: 2, sequence: 77, payload: 'x' })), { vlan: 2 })],
    ]
    for (const [linkType, frame] of frames) {
      expect(decode(linkType, frame)?.packet, `link type ${linkType}`).toMatchObject({
        direction: 'out',
        syn: true,
        sequence: 77,
        payloadBytes: 1,
      })
    }
    const six = linkBytes(
      linkTypes.sll2,
      ipv6Bytes(tcpBytes({ sourcePort: 443, destinationPort: 40_000, payload: 'abc' }), { source: 2, destination: 1 }),
    )
    expect(decode(linkTypes.sll2, six, v6)).toMatchObject({ packet: { direction: 'in', payloadBytes: 3 }, interfaceIndex: 1 })
  })

  it('is cut to its headers: no byte of what it carries is kept', () => {
    for (const linkType of [linkTypes.ethernet, linkTypes.sll2, linkTypes.raw]) {
      for (const options of [[], [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]]) {
        const decoded = decode(linkType, v4Frame({ options, payload: secret }, linkType))
        expect(decoded?.packet.payloadBytes).toBe(secret.length)
        expect(Buffer.from(decoded!.headers).includes('SECRET')).toBe(false)
        const whole = v4Frame({ options, payload: secret }, linkType)
        expect(decoded!.headers).toEqual(whole.slice(0, whole.length - secret.length))
      }
    }
  })

  it('of another conversation, protocol or direction is not taken', () => {
    expect(decode(1, v4Frame({ destinationPort: 444 }))).toBeUndefined()
    expect(decode(1, linkBytes(1, ipv4Bytes(tcpBytes(), { destination: [198, 51, 100, 8] })))).toBeUndefined()
    expect(decode(1, linkBytes(1, ipv4Bytes(tcpBytes(), { protocol: 17 })))).toBeUndefined()
    expect(decode(4711, v4Frame({}))).toBeUndefined()
    const back = linkBytes(
      1,
      ipv4Bytes(tcpBytes({ sourcePort: 443, destinationPort: 40_000 }), { source: [198, 51, 100, 7], destination: [192, 0, 2, 1] }),
    )
    expect(decode(1, back)?.packet.direction).toBe('in')
  })

  it('with IPv4 options, and a first fragment, is read; a later fragment has no TCP header', () => {
    const options = [0x94, 4, 0, 0] // router alert
    expect(decode(1, linkBytes(1, ipv4Bytes(tcpBytes({ payload: 'ab' }), { options })))?.packet.payloadBytes).toBe(2)
    expect(decode(1, linkBytes(1, ipv4Bytes(tcpBytes(), { fragmentOffset: 0x2000 })))).toBeDefined()
    expect(decode(1, linkBytes(1, ipv4Bytes(tcpBytes(), { fragmentOffset: 0x2003 })))).toBeUndefined()
  })

  it('with IPv6 extension headers is read, up to a reasonable number', () => {
    const hopByHop = [60, 0, 1, 4, 0, 0, 0, 0]
    const destination = [6, 0, 1, 4, 0, 0, 0, 0]
    const content = tcpBytes({ payload: 'abcd' })
    const packet = ipv6Bytes(content, { firstHeader: 0, extensions: [...hopByHop, ...destination] })
    expect(decode(linkTypes.raw, packet, v6)?.packet.payloadBytes).toBe(4)
    const fragment = (offset: number): Uint8Array => ipv6Bytes(content, { firstHeader: 44, extensions: [6, 0, 0, offset, 0, 0, 0, 9] })
    expect(decode(linkTypes.raw, fragment(1), v6)?.packet.payloadBytes).toBe(4)
    expect(decode(linkTypes.raw, fragment(8), v6)).toBeUndefined()
    const authentication = ipv6Bytes(content, { firstHeader: 51, extensions: [6, 4, 0, 0, ...Array.from({ length: 20 }, () => 0)] })
    expect(decode(linkTypes.raw, authentication, v6)?.packet.payloadBytes).toBe(4)
    const many = ipv6Bytes(content, { firstHeader: 60, extensions: Array.from({ length: 9 }, () => [60, 0, 1, 4, 0, 0, 0, 0]).flat() })
    expect(decode(linkTypes.raw, many, v6)).toBeUndefined()
  })

  it('longer than its length field can tell is counted by the wire', () => {
    const frame = linkBytes(1, ipv4Bytes(tcpBytes(), { totalLength: 0 }))
    expect(decode(1, frame, v4, frame.length + 70_000)?.packet.payloadBytes).toBe(70_000)
    const six = linkBytes(1, ipv6Bytes(tcpBytes(), { payloadLength: 0 }))
    expect(decode(1, six, v6, six.length + 90_000)?.packet.payloadBytes).toBe(90_000)
  })

  it('tells its TCP options', () => {
    const options = [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8, 1, 3, 3, 7]
    expect(decode(1, v4Frame({ flags: tcpFlags.syn, options }))?.packet).toMatchObject({
      maximumSegment: 1460,
      sackPermitted: true,
      timestamps: [9, 8],
      windowScale: 7,
    })
    const sack = [1, 1, 5, 18, 0, 0, 0, 10, 0, 0, 0, 20, 255, 255, 255, 255, 0, 0, 0, 5]
    expect(decode(1, v4Frame({ options: sack }))?.packet.selectiveAcks).toEqual([
      [10, 20],
      [0xffff_ffff, 5],
    ])
    // Outside of a SYN these three mean nothing, and a shift beyond 14 is 14 (RFC 7323).
    expect(decode(1, v4Frame({ options }))?.packet).not.toHaveProperty('windowScale')
    expect(decode(1, v4Frame({ flags: tcpFlags.syn, options: [3, 3, 200, 0] }))?.packet.windowScale).toBe(14)
    for (const broken of [[8], [8, 0], [8, 1], [5, 40], [2, 4]]) expect(decode(1, v4Frame({ options: broken }))?.packet.sequence).toBe(1)
  })

  it('cut anywhere gives the packet or nothing, never an exception', () => {
    const frame = v4Frame(
      { flags: tcpFlags.syn, options: [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 9, 0, 0, 0, 8], payload: secret },
      linkTypes.sll2,
    )
    for (let length = 0; length <= frame.length; length += 1) {
      const decoded = decode(linkTypes.sll2, frame.subarray(0, length), v4, frame.length)
      expect(decoded === undefined).toBe(length < 60)
    }
  })
})

describe('a packet that passes several interfaces', () => {
  it('is kept once', () => {
    const copies = new DuplicatePackets()
    expect([seen(2), seen(3), seen(4)].map((packet) => copies.isCopy(packet))).toEqual([false, true, true])
  })

  it('is no copy when it is sent again: same interface, another identification, or later', () => {
    const copies = new DuplicatePackets()
    const again = [seen(2), seen(2), seen(3, { identification: 8 }), seen(3, { at: 300 })]
    expect(again.map((packet) => copies.isCopy(packet))).toEqual([false, false, false, false])
  })

  it('is known by its identification alone where the interface is not told', () => {
    const copies = new DuplicatePackets()
    const cooked = { linkType: linkTypes.linuxSll }
    expect([seen(1, cooked), seen(1, cooked), seen(1, { ...cooked, identification: 9 })].map((packet) => copies.isCopy(packet))).toEqual([
      false,
      true,
      false,
    ])
    expect(
      [seen(1, { ...cooked, identification: 0 }), seen(1, { ...cooked, identification: 0 })].map((packet) => copies.isCopy(packet)),
    ).toEqual([false, false])
  })
})

it('a file of kept packets reads back as what was kept, and holds nothing else', () => {
  const kept = [v4Frame({ payload: secret }), v4Frame({ flags: tcpFlags.rst })].map((frame, index) =>
    decodePacket(1, { atMs: 1_795_161_600_123.456 + index, wireLength: frame.length, bytes: frame }, v4)!,
  )
  const file = writePcap(1, kept)
  const { records, stream } = recordsOf(file)
  expect([stream.linkType, stream.problem]).toEqual([1, undefined])
  expect(records.map(({ bytes }) => bytes)).toEqual(kept.map(({ headers }) => headers))
  expect(records.map(({ wireLength }) => wireLength)).toEqual(kept.map(({ wireLength }) => wireLength))
  expect(records[0]?.atMs).toBeCloseTo(1_795_161_600_123.456, 2)
  expect(Buffer.from(file).includes('SECRET')).toBe(false)
  expect(recordsOf(writePcap(101, [])).stream.linkType).toBe(101)
})

function seen(interfaceIndex: number, { at = 5, identification = 7, linkType = linkTypes.sll2 } = {}): DecodedPacket {
  const frame = linkBytes(linkType, ipv4Bytes(tcpBytes({ payload: 'x' }), { identification }), { interfaceIndex })
  return decodePacket(linkType, { atMs: at, wireLength: frame.length, bytes: frame }, v4)!
}
