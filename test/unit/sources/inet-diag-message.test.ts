import { describe, expect, it } from 'vitest'
import { addressText } from '../../../src-shared/model/address.ts'
import { absentCount, timerKinds } from '../../../src-shared/model/columns.ts'
import { stateOfCode } from '../../../src-shared/model/tcp-state.ts'
import { decodeAnswer, type AnswerOutcome } from '../../../src-main/sources/linux/inet-diag-message.ts'
import { AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP } from '../../../src-main/sources/linux/inet-diag-request.ts'
import { flagActivity, flagUnanswered, recordWord, unansweredOfFlags } from '../../../src-main/table/row-record.ts'
import { createScratchRecord } from '../../../src-main/table/row-table.ts'
import {
  attribute,
  diagRow,
  done,
  failure,
  joined,
  loopback6,
  mapped,
  netlinkMessage,
  tcpInfo,
  NLMSG_ERROR,
  type DiagRowInput,
} from '../../builders/inet-diag-bytes.ts'
import { seededRandom } from '../../builders/seeded-random.ts'

const EBADMSG = 74
const takenAt = 1_795_161_600_250
const labels = { user: (uid: number) => 1000 + uid, interface: (index: number) => 2000 + index }

interface Decoded {
  readonly outcome: AnswerOutcome
  readonly rows: Record<string, unknown>[]
}

function decode(bytes: Uint8Array, protocol: number = IPPROTO_TCP, room = 64 * 1024): Decoded {
  const whole = new Uint8Array(room)
  whole.set(bytes)
  const rows: Record<string, unknown>[] = []
  const answer = { bytes: whole, words: new Uint32Array(whole.buffer), halves: new Uint16Array(whole.buffer), length: bytes.length }
  const outcome = decodeAnswer(answer, { sequence: 1, protocol, labels, record: createScratchRecord(), takenAt }, (record) =>
    rows.push(readable(record)),
  )
  return { outcome, rows }
}

function readable(record: Uint32Array): Record<string, unknown> {
  const word = (name: keyof typeof recordWord, offset = 0): number => record[recordWord[name] + offset]!
  const head = word('head')
  const family = (head >>> 8) & 255
  const address = (name: 'local' | 'remote') => addressText(family, word(name), word(name, 1), word(name, 2), word(name, 3))
  const counted = (word('flags') & 1) !== 0
  return {
    protocol: head & 255,
    family,
    state: stateOfCode((head >>> 16) & 255),
    timer: timerKinds[head >>> 24],
    timerMs: word('timerMs'),
    local: `${address('local')} ${word('ports') >>> 16}`,
    remote: `${address('remote')} ${word('ports') & 0xffff}`,
    cookie: [word('identityLow'), word('identityHigh')],
    inode: word('inode'),
    user: word('user'),
    interface: word('interface'),
    queues: [word('receiveQueue'), word('sendQueue')],
    roundTripMicros: word('roundTripMicros'),
    ...((word('flags') & flagUnanswered) === 0 ? {} : { unanswered: unansweredOfFlags(word('flags')) }),
    ...((word('flags') & flagActivity) === 0
      ? {}
      : { last: [word('lastReceivedSeconds'), word('lastSentSeconds')], segmentsSent: word('segmentsSent') }),
    ...(counted
      ? {
          received: word('receivedLow') + word('receivedHigh') * 2 ** 32,
          sent: word('sentLow') + word('sentHigh') * 2 ** 32,
          retransmits: word('retransmits'),
        }
      : {}),
  }
}

function row(input: DiagRowInput, protocol: number = IPPROTO_TCP): Record<string, unknown> {
  const { rows } = decode(diagRow(input), protocol)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

describe('a row', () => {
  it('of IPv4 is read whole', () => {
    const input: DiagRowInput = {
      family: AF_INET,
      state: 1,
      timer: 2,
      unanswered: 2,
      expiresMs: 7_199_000,
      local: [192, 0, 2, 7],
      localPort: 50_412,
      remote: [198, 51, 100, 3],
      remotePort: 443,
      interfaceIndex: 5,
      cookie: [0xfffffffe, 0x80000001],
      receiveQueue: 17,
      sendQueue: 99,
      uid: 33,
      inode: 4_000_000_000,
      attributes: [
        attribute(1, new Uint8Array(16)),
        tcpInfo({
          roundTripMicros: 12_500,
          lastReceivedMs: 250,
          lastSentMs: 60_251,
          segmentsSent: 77,
          totalRetransmits: 3,
          bytesReceived: 5_000_000_000n,
          bytesSent: 6_000_000_000n,
          bytesRetransmitted: 1_999n,
        }),
        attribute(4, new TextEncoder().encode('cubic\0')),
      ],
    }
    expect(row(input)).toEqual({
      protocol: 0,
      family: 4,
      state: 'ESTABLISHED',
      timer: 'keepalive',
      timerMs: 7_199_000,
      local: '192.0.2.7 50412',
      remote: '198.51.100.3 443',
      cookie: [0xfffffffe, 0x80000001],
      inode: 4_000_000_000,
      user: 1033,
      interface: 2005,
      queues: [17, 99],
      roundTripMicros: 12_500,
      unanswered: 2,
      last: [1_795_161_600, 1_795_161_539],
      segmentsSent: 77,
      received: 5_000_000_000,
      sent: 5_999_998_001,
      retransmits: 3,
    })
  })

  it('of IPv6, and of IPv4 mapped into it, keeps its family', () => {
    expect(row({ family: AF_INET6, local: loopback6 })).toMatchObject({ family: 6, local: '::1 80', remote: '::1 40000' })
    expect(row({ family: AF_INET6, local: mapped(127, 0, 0, 1), remote: mapped(10, 9, 8, 7) })).toMatchObject({
      family: 6,
      local: '127.0.0.1 80',
      remote: '10.9.8.7 40000',
    })
    const local = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x34]
    expect(row({ family: AF_INET6, local, interfaceIndex: 1 })).toMatchObject({ local: 'fe80::1234 80', interface: 2001 })
  })

  it('of a listener has queues and no counters, though the kernel sends its tcp_info', () => {
    const listener = row({
      state: 10,
      remotePort: 0,
      remote: [0, 0, 0, 0],
      receiveQueue: 2,
      sendQueue: 128,
      inode: 9,
      attributes: [tcpInfo({ bytesSent: 7n })],
    })
    expect(listener).toMatchObject({ state: 'LISTEN', queues: [2, 128], remote: '0.0.0.0 0' })
    expect(listener).not.toHaveProperty('sent')
  })

  it('without an inode has no user: TIME_WAIT and SYN_RECV tell uid 0 of nobody', () => {
    expect(row({ state: 6, timer: 3, expiresMs: 23_000 })).toMatchObject({
      state: 'TIME_WAIT',
      timer: 'time-wait',
      timerMs: 23_000,
      user: 0,
      inode: 0,
    })
    expect(row({ state: 3, timer: 1 })).toMatchObject({ state: 'SYN_RECEIVED', timer: 'retransmit', user: 0 })
    expect(row({ state: 12 })).toMatchObject({ state: 'SYN_RECEIVED' })
    expect(row({ state: 1, uid: 0, inode: 3 })).toMatchObject({ user: 1000 })
  })

  it('that is only bound is BOUND, told as 13 or as CLOSE with a port', () => {
    expect(row({ state: 13, remotePort: 0, inode: 4 })).toMatchObject({ state: 'BOUND' })
    expect(row({ state: 7, remotePort: 0, inode: 4 })).toMatchObject({ state: 'BOUND' })
    expect(row({ state: 7, localPort: 0, remotePort: 0 })).toMatchObject({ state: 'CLOSED' })
  })

  it('of UDP has no state, connected or not', () => {
    for (const state of [1, 7]) {
      const udp = row({ state, inode: 5, uid: 1 }, IPPROTO_UDP)
      expect(udp).toMatchObject({ protocol: 1, user: 1001 })
      expect(udp['state']).toBeUndefined()
    }
  })

  it('in every state of the kernel has its word', () => {
    const words = Array.from({ length: 12 }, (_, state) => row({ state: state + 1 })['state'])
    expect(words.join(' ')).toBe(
      'ESTABLISHED SYN_SENT SYN_RECEIVED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT BOUND CLOSE_WAIT LAST_ACK LISTEN CLOSING SYN_RECEIVED',
    )
    for (const unknown of [0, 14, 255]) expect(row({ state: unknown })['state']).toBeUndefined()
  })

  it('with a timer of a future kernel has none', () => {
    expect(row({ timer: 99 })).toMatchObject({ timer: 'none' })
  })
})

describe('tcp_info', () => {
  const info = { roundTripMicros: 5, totalRetransmits: 2, bytesAcked: 11n, bytesReceived: 22n, bytesSent: 40n, bytesRetransmitted: 7n }

  it.each([
    [280, { roundTripMicros: 5, received: 22, sent: 33, retransmits: 2 }],
    [216, { roundTripMicros: 5, received: 22, sent: 33, retransmits: 2 }],
    [215, { roundTripMicros: 5, received: 22, sent: 11, retransmits: 2 }], // before 5.5: what the peer acknowledged
    [136, { roundTripMicros: 5, received: 22, sent: 11, retransmits: 2 }],
  ])('of %i bytes tells what it reaches', (length, expected) => {
    expect(row({ attributes: [tcpInfo(info, length)] })).toMatchObject(expected)
  })

  it('of kernels before 4.1 has a round-trip time and no counters', () => {
    const old = row({ attributes: [tcpInfo(info, 104)] })
    expect(old).toMatchObject({ roundTripMicros: 5 })
    expect(old).not.toHaveProperty('received')
    expect(row({ attributes: [tcpInfo(info, 103)] })).toMatchObject({ roundTripMicros: 0 })
  })

  it('of kernels before 4.2 has no segments sent, but the ages of data', () => {
    const early = row({ attributes: [tcpInfo({ lastReceivedMs: 1000, lastSentMs: 2000, segmentsSent: 9 }, 136)] })
    expect(early).toMatchObject({ last: [1_795_161_599, 1_795_161_598], segmentsSent: absentCount })
    expect(row({ attributes: [tcpInfo({}, 103)] })).not.toHaveProperty('last')
  })

  it('tells no time of data before the handshake is over, when the kernel counts from its own start', () => {
    const attributes = [tcpInfo({ lastReceivedMs: 4_000_000, lastSentMs: 4_000_000, segmentsSent: 3 })]
    for (const state of [2, 3, 12]) expect(row({ state, attributes })).toMatchObject({ last: [0, 0], segmentsSent: 3 })
  })

  it('never passes from one row to the next', () => {
    const { rows } = decode(joined([diagRow({ attributes: [tcpInfo(info)] }), diagRow({})]))
    expect(rows[0]).toHaveProperty('sent', 33)
    expect(rows[1]).not.toHaveProperty('sent')
    expect(rows[1]).toMatchObject({ roundTripMicros: 0 })
    expect(rows[1]).not.toHaveProperty('last')
  })
})

describe('what is unanswered', () => {
  it('is told of connections, not of listeners and UDP', () => {
    expect(row({ state: 2, timer: 1, unanswered: 3 })).toMatchObject({ unanswered: 3 })
    expect(row({ unanswered: 255 })).toMatchObject({ unanswered: 254 })
    expect(row({ state: 10, remotePort: 0, unanswered: 3 })).not.toHaveProperty('unanswered')
    expect(row({ unanswered: 3 }, IPPROTO_UDP)).not.toHaveProperty('unanswered')
  })
})

describe('an answer', () => {
  it('goes on until DONE', () => {
    expect(decode(diagRow({})).outcome).toEqual({ finished: false, interrupted: false, malformed: 0 })
    const whole = decode(joined([diagRow({}), diagRow({}), done()]))
    expect([whole.rows.length, whole.outcome]).toEqual([2, { finished: true, interrupted: false, malformed: 0 }])
  })

  it('of an error tells its number, in DONE or ERROR', () => {
    expect(decode(failure(-2)).outcome).toMatchObject({ finished: true, error: 2 })
    expect(decode(done(-95)).outcome).toMatchObject({ finished: true, error: 95 })
    expect(decode(failure(0)).outcome).toEqual({ finished: true, interrupted: false, malformed: 0 })
  })

  it('that was asked for by an earlier, aborted request is ignored', () => {
    const { rows, outcome } = decode(joined([diagRow({}, { sequence: 7 }), done(-2, { sequence: 7 }), diagRow({})]))
    expect([rows.length, outcome.finished]).toEqual([1, false])
  })

  it('says when the table changed under the dump', () => {
    expect(decode(diagRow({}, { flags: 0x12 })).outcome.interrupted).toBe(true)
  })

  it('with an unknown kind of message is read on behind it', () => {
    expect(decode(joined([netlinkMessage(new Uint8Array(7), { type: 999 }), diagRow({})])).rows).toHaveLength(1)
  })

  it('whose framing is broken is an error, not the end of a complete table', () => {
    const short = diagRow({})
    new DataView(short.buffer).setUint32(0, 15, true)
    expect(decode(joined([diagRow({}), short])).outcome).toMatchObject({ finished: true, error: EBADMSG, malformed: 1 })
    const long = diagRow({})
    new DataView(long.buffer).setUint32(0, 100_000, true)
    expect(decode(long).outcome).toMatchObject({ finished: true, error: EBADMSG })
    expect(decode(netlinkMessage(new Uint8Array(2), { type: NLMSG_ERROR })).outcome).toMatchObject({ finished: true, error: EBADMSG })
  })

  it('with a row too short to be one skips and counts it', () => {
    const { rows, outcome } = decode(joined([netlinkMessage(new Uint8Array(71)), diagRow({}), done()]))
    expect([rows.length, outcome]).toEqual([1, { finished: true, interrupted: false, malformed: 1 }])
  })

  it('with attributes of impossible lengths keeps its row', () => {
    for (const length of [0, 3, 5000, 0xffff]) {
      const broken = attribute(2, new Uint8Array(280))
      new DataView(broken.buffer).setUint16(0, length, true)
      expect(decode(diagRow({ attributes: [broken] })).rows).toHaveLength(1)
    }
  })
})

describe('whatever arrives', () => {
  const good = joined([
    diagRow({ attributes: [tcpInfo({ bytesSent: 3n })], inode: 1 }),
    diagRow({ family: AF_INET6, state: 10, inode: 2, attributes: [attribute(1, new Uint8Array(16))] }),
    diagRow({ state: 6 }),
    done(),
  ])

  it('is cut at any byte: the rows before the cut are those of the whole', () => {
    const whole = decode(good).rows
    for (let length = 0; length < good.length; length += 1) {
      const { rows, outcome } = decode(good.slice(0, length), IPPROTO_TCP, good.length)
      expect(rows).toEqual(whole.slice(0, rows.length))
      // Only an answer that was told to be complete counts as complete.
      expect(outcome.finished && outcome.error === undefined).toBe(false)
    }
  })

  it('ends without a throw: 20,000 random and mutated answers', () => {
    const random = seededRandom(20_261_121)
    const room = 4096
    const whole = new Uint8Array(room)
    const answer = { bytes: whole, words: new Uint32Array(whole.buffer), halves: new Uint16Array(whole.buffer) }
    const context = { sequence: 1, protocol: IPPROTO_TCP, labels, record: createScratchRecord() }
    let rows = 0
    for (let round = 0; round < 20_000; round += 1) {
      if (random.chance(0.2)) for (let at = 0; at < room; at += 1) whole[at] = random.below(256)
      else {
        whole.fill(random.chance(0.5) ? 0 : 255)
        whole.set(good)
        for (let count = random.below(8); count > 0; count -= 1) whole[random.below(good.length)] = random.below(256)
        if (random.chance(0.2)) whole.fill(255, random.below(good.length), good.length)
      }
      const length = random.chance(0.5) ? good.length : random.below(room + 1)
      let taken = 0
      const outcome = decodeAnswer({ ...answer, length }, context, () => {
        taken += 1
      })
      expect(taken).toBeLessThanOrEqual(length / 88)
      expect(outcome.malformed).toBeLessThanOrEqual(1 + length / 16)
      rows += taken
    }
    expect(rows).toBeGreaterThan(5000)
  })
})
